package io.milvus.cdc.internal.wire;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * Holds the traits of a collection's fields that matter for client writes, by the fields' names.
 *
 * @param keyId the id of the primary key's field
 * @param key the name of the primary key's field
 * @param nullable the fields that can hold nulls
 * @param computed the fields that the server computes from other fields
 * @param packed the fields whose values lie in one run of bytes
 */
public record FieldTraits(
    long keyId, String key, Set<String> nullable, Set<String> computed, Set<String> packed) {
  private static final Set<DataType> PACKED =
      Set.of(
          DataType.BinaryVector,
          DataType.Float16Vector,
          DataType.BFloat16Vector,
          DataType.Int8Vector,
          // Not one run of bytes, but with one dimension for all values.
          DataType.SparseFloatVector);

  /** Returns the traits in an encoded schema of a collection. */
  public static FieldTraits of(String encodedSchema) throws IOException {
    CollectionSchema schema = CollectionSchema.parseFrom(Base64.getDecoder().decode(encodedSchema));
    long keyId = 0;
    String key = "";
    Set<String> nullable = new HashSet<>();
    Set<String> computed = new HashSet<>();
    Set<String> packed = new HashSet<>();
    for (FieldSchema field : schema.getFieldsList()) {
      if (field.getIsPrimaryKey()) {
        keyId = field.getFieldID();
        key = field.getName();
      }
      if (field.getNullable()) {
        nullable.add(field.getName());
      }
      if (field.getIsFunctionOutput()) {
        computed.add(field.getName());
      }
      if (PACKED.contains(field.getDataType())) {
        packed.add(field.getName());
      }
    }
    for (FunctionSchema function : schema.getFunctionsList()) {
      computed.addAll(function.getOutputFieldNamesList());
    }
    return new FieldTraits(
        keyId, key, Set.copyOf(nullable), Set.copyOf(computed), Set.copyOf(packed));
  }
}
