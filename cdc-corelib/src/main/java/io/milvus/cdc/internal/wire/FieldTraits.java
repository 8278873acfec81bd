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
 * What of a collection's fields makes a difference for client writes, by their names.
 *
 * @param keyId the id of the primary key's field
 * @param key the name of the primary key's field
 * @param nullable those that can hold nulls
 * @param computed those that the server makes up from others
 * @param packed those whose values lie in one run of bytes
 */
public record FieldTraits(
    long keyId, String key, Set<String> nullable, Set<String> computed, Set<String> packed) {
  private static final Set<DataType> PACKED =
      Set.of(
          DataType.BinaryVector,
          DataType.Float16Vector,
          DataType.BFloat16Vector,
          DataType.Int8Vector,
          // Not one run, but with the number of dimensions of all.
          DataType.SparseFloatVector);

  /** Those of an encoded schema of a collection. */
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
