package io.milvus.cdc.internal.wire;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Describes a field of a collection, by its schema.
 *
 * @param type Milvus's name of it, such as {@code FloatVector}
 * @param elementType of an array, else empty
 * @param parameters such as {@code dim} and {@code max_length}
 */
public record SchemaField(
    long id,
    String name,
    String type,
    String elementType,
    boolean primaryKey,
    boolean autoId,
    boolean partitionKey,
    boolean nullable,
    Map<String, String> parameters) {
  private static final String META = "$meta";

  public SchemaField {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Returns the fields of an encoded schema, and {@code $meta} if dynamic fields are allowed.
   *
   * @param encoded as {@link io.milvus.cdc.catalog.CollectionSchema} has it
   */
  public static List<SchemaField> of(String encoded) throws IOException {
    CollectionSchema schema = CollectionSchema.parseFrom(Base64.getDecoder().decode(encoded));
    List<SchemaField> fields =
        new ArrayList<>(schema.getFieldsList().stream().map(SchemaField::of).toList());
    boolean listed = fields.stream().anyMatch(field -> field.name().equals(META));
    if (schema.getEnableDynamicField() && !listed) {
      fields.add(new SchemaField(0, META, "JSON", "", false, false, false, true, Map.of()));
    }
    return List.copyOf(fields);
  }

  private static SchemaField of(FieldSchema field) {
    Map<String, String> parameters = new TreeMap<>();
    for (KeyValuePair pair : field.getTypeParamsList()) {
      parameters.put(pair.getKey(), pair.getValue());
    }
    return new SchemaField(
        field.getFieldID(),
        field.getName(),
        field.getDataType().name(),
        field.getElementTypeValue() == 0 ? "" : field.getElementType().name(),
        field.getIsPrimaryKey(),
        field.getAutoID(),
        field.getIsPartitionKey(),
        field.getNullable(),
        parameters);
  }

  /** Returns whether the field holds the values that no other field is for. */
  public boolean dynamic() {
    return name.equals(META);
  }
}
