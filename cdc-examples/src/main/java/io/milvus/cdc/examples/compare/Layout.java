package io.milvus.cdc.examples.compare;

import io.milvus.cdc.examples.client.Columns;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a collection a query can read.
 *
 * @param fields all of them, the dynamic one included
 * @param partitionKey whether rows find their partitions by themselves; Milvus then takes no names
 */
record Layout(
    String keyField, List<String> fields, List<Vector> vectors, boolean partitionKey) {

  /** A field that must be indexed before the collection can be loaded. */
  record Vector(String field, boolean binary) {}

  static Layout of(CollectionSchema schema) {
    List<String> fields = new ArrayList<>();
    List<Vector> vectors = new ArrayList<>();
    String keyField = "";
    boolean partitionKey = false;
    for (FieldSchema field : schema.getFieldsList()) {
      fields.add(field.getName());
      keyField = field.getIsPrimaryKey() ? field.getName() : keyField;
      partitionKey |= field.getIsPartitionKey();
      if (field.getDataType() == DataType.FloatVector
          || field.getDataType() == DataType.BinaryVector) {
        vectors.add(new Vector(field.getName(), field.getDataType() == DataType.BinaryVector));
      }
    }
    if (schema.getEnableDynamicField() && !fields.contains(Columns.DYNAMIC)) {
      fields.add(Columns.DYNAMIC);
    }
    return new Layout(keyField, List.copyOf(fields), List.copyOf(vectors), partitionKey);
  }
}
