package io.milvus.cdc.compare;

import io.milvus.cdc.internal.client.Cells;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes the readable fields of a collection.
 *
 * @param fields all fields, including the dynamic one
 * @param partitionKey the field that determines the partitions of rows, or an empty text. If there
 *     is one, Milvus accepts no names of partitions
 */
record Layout(
    String keyField,
    boolean textKey,
    List<String> fields,
    List<Vector> vectors,
    String partitionKey) {

  /** A field that must be indexed before the collection can be loaded. */
  record Vector(String field, boolean binary) {}

  /** Returns whether Milvus chooses the partition of each row. */
  boolean keyed() {
    return !partitionKey.isEmpty();
  }

  /** Returns an expression that selects the rows of all keys. */
  String anyKey() {
    return textKey ? keyField + " >= \"\"" : keyField + " <= " + Long.MAX_VALUE;
  }

  static Layout of(CollectionSchema schema) {
    List<String> fields = new ArrayList<>();
    List<Vector> vectors = new ArrayList<>();
    String keyField = "";
    boolean textKey = false;
    String partitionKey = "";
    for (FieldSchema field : schema.getFieldsList()) {
      fields.add(field.getName());
      keyField = field.getIsPrimaryKey() ? field.getName() : keyField;
      textKey |= field.getIsPrimaryKey() && field.getDataType() == DataType.VarChar;
      partitionKey = field.getIsPartitionKey() ? field.getName() : partitionKey;
      if (field.getDataType() == DataType.FloatVector
          || field.getDataType() == DataType.BinaryVector) {
        vectors.add(new Vector(field.getName(), field.getDataType() == DataType.BinaryVector));
      }
    }
    if (schema.getEnableDynamicField() && !fields.contains(Cells.DYNAMIC)) {
      fields.add(Cells.DYNAMIC);
    }
    return new Layout(keyField, textKey, List.copyOf(fields), List.copyOf(vectors), partitionKey);
  }
}
