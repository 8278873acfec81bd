package io.milvus.cdc.examples.testbed.workload;

import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.Locale;

/** Creates fields of a schema. */
final class Fields {
  static final int LONGEST_TEXT = 256;
  static final int LONGEST_ARRAY = 8;

  private Fields() {}

  static FieldSchema key(DataType type) {
    return field("id", type).setIsPrimaryKey(true).setDescription("the key").build();
  }

  static FieldSchema automaticKey() {
    return field("id", DataType.Int64).setIsPrimaryKey(true).setAutoID(true).build();
  }

  static FieldSchema partitionKey(DataType type) {
    return field("tenant", type).setIsPartitionKey(true).build();
  }

  /** Returns a field that is named after its type. */
  static FieldSchema of(DataType type) {
    return field("a_" + type.name().toLowerCase(Locale.ROOT), type).build();
  }

  static FieldSchema array(DataType element) {
    FieldSchema.Builder array =
        field("many_" + element.name().toLowerCase(Locale.ROOT), DataType.Array)
            .setElementType(element)
            .addTypeParams(parameter("max_capacity", LONGEST_ARRAY));
    return withLength(array, element).build();
  }

  static FieldSchema vector(DataType type, int dimension) {
    return field("vector", type)
        .setDescription(dimension + " dimensions")
        .addTypeParams(parameter("dim", dimension))
        .build();
  }

  static int dimension(FieldSchema vector) {
    return vector.getTypeParamsList().stream()
        .filter(parameter -> parameter.getKey().equals("dim"))
        .mapToInt(parameter -> Integer.parseInt(parameter.getValue()))
        .findFirst()
        .orElseThrow();
  }

  private static FieldSchema.Builder field(String name, DataType type) {
    return withLength(FieldSchema.newBuilder().setName(name).setDataType(type), type);
  }

  private static FieldSchema.Builder withLength(FieldSchema.Builder field, DataType type) {
    return type == DataType.VarChar
        ? field.addTypeParams(parameter("max_length", LONGEST_TEXT))
        : field;
  }

  private static KeyValuePair parameter(String key, int value) {
    return KeyValuePair.newBuilder().setKey(key).setValue(Integer.toString(value)).build();
  }
}
