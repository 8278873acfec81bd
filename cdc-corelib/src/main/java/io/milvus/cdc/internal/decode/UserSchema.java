package io.milvus.cdc.internal.decode;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.Base64;
import java.util.Collection;
import java.util.function.UnaryOperator;

/** Converts Milvus's whole schema of a collection to the user's part of it. */
public final class UserSchema {
  /** Lower ids are the row id (0) and the row's timestamp (1), which every collection has. */
  private static final long FIRST_USER_FIELD = 100;

  private static final String DYNAMIC_FIELD = "$meta";

  private UserSchema() {}

  /**
   * Returns the user's part of a schema that is stored in parts.
   *
   * @param head the schema, whose own fields and functions do not count
   */
  public static CollectionSchema of(
      io.milvus.grpc.CollectionSchema head,
      Collection<FieldSchema> fields,
      Collection<FunctionSchema> functions) {
    var schema = head.toBuilder().clearFields().clearFunctions().addAllFunctions(functions);
    long primaryKey = 0;
    boolean partitionKey = false;
    for (FieldSchema field : fields) {
      if (field.getFieldID() < FIRST_USER_FIELD) {
        continue;
      }
      if (field.getIsDynamic()) {
        schema.setEnableDynamicField(true);
        continue;
      }
      schema.addFields(field);
      primaryKey = field.getIsPrimaryKey() ? field.getFieldID() : primaryKey;
      partitionKey |= field.getIsPartitionKey();
    }
    return new CollectionSchema(encoded(schema.build()), primaryKey, partitionKey);
  }

  /**
   * Returns the user's part of a schema in one piece. Its properties are those of the collection,
   * and are left out.
   */
  public static CollectionSchema of(io.milvus.grpc.CollectionSchema whole) {
    return of(
        whole.toBuilder().clearProperties().build(),
        whole.getFieldsList(),
        whole.getFunctionsList());
  }

  /**
   * Returns the number of changes of a schema. Milvus 2.6.5 and later count them.
   *
   * @throws IllegalArgumentException if the schema cannot be decoded
   */
  public static int version(CollectionSchema schema) {
    return decoded(schema).getVersion();
  }

  /**
   * Returns a schema with other values than its fields changed.
   *
   * @throws IllegalArgumentException if the schema cannot be decoded
   */
  public static CollectionSchema with(
      CollectionSchema schema, UnaryOperator<io.milvus.grpc.CollectionSchema.Builder> change) {
    return new CollectionSchema(
        encoded(change.apply(decoded(schema).toBuilder()).build()),
        schema.primaryKeyField(),
        schema.partitionKey());
  }

  /**
   * Returns the name of a field, of a struct's field, or of the field for dynamic values, whose id
   * the user's part does not have. Returns an empty text if there is no such field.
   *
   * @throws IllegalArgumentException if the schema cannot be decoded
   */
  public static String field(CollectionSchema schema, long id) {
    io.milvus.grpc.CollectionSchema decoded = decoded(schema);
    for (FieldSchema field : decoded.getFieldsList()) {
      if (field.getFieldID() == id) {
        return field.getName();
      }
    }
    for (StructArrayFieldSchema struct : decoded.getStructArrayFieldsList()) {
      for (FieldSchema field : struct.getFieldsList()) {
        if (field.getFieldID() == id) {
          return field.getName();
        }
      }
    }
    return decoded.getEnableDynamicField() ? DYNAMIC_FIELD : "";
  }

  private static String encoded(io.milvus.grpc.CollectionSchema schema) {
    return Base64.getEncoder().encodeToString(schema.toByteArray());
  }

  private static io.milvus.grpc.CollectionSchema decoded(CollectionSchema schema) {
    try {
      return io.milvus.grpc.CollectionSchema.parseFrom(
          Base64.getDecoder().decode(schema.encoded()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The schema cannot be decoded: " + e.getMessage(), e);
    }
  }
}
