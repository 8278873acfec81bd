package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks that a target's collection can hold the rows of a source's. Columns that do not fit crash
 * the data nodes of a standby (2.3.5 internal/datanode/flow_graph_insert_buffer_node.go), so this
 * is checked before the first row.
 */
final class SchemaComparison {
  private final boolean exact;
  private final List<String> found = new ArrayList<>();

  private SchemaComparison(boolean exact) {
    this.exact = exact;
  }

  /**
   * Compares field by field.
   *
   * @throws TargetException with every difference
   */
  static void requireEqual(String database, CollectionSchema source, CollectionSchema target) {
    new SchemaComparison(true).require(database, source, target);
  }

  /**
   * Compares field by field, with the freedom of a target that receives every value by name. It may
   * number its fields itself, have further nullable fields, return fewer parameters, and have its
   * own functions.
   *
   * @throws TargetException with every difference
   */
  static void requireRoom(String database, CollectionSchema source, CollectionSchema target) {
    new SchemaComparison(false).require(database, source, target);
  }

  private void require(String database, CollectionSchema source, CollectionSchema target) {
    compare(source, target);
    if (!found.isEmpty()) {
      throw new TargetException(
          "Collection %s.%s exists on the target with another schema: %s."
              .formatted(database, source.getName(), String.join("; ", found)),
          "Drop or rename it on the target, or leave the collection out of the task's "
              + "selection.");
    }
  }

  /**
   * Compares the shards of a collection.
   *
   * @throws TargetException if they differ from the source's
   */
  static void requireShards(
      String database, CollectionEntry source, DescribeCollectionResponse target) {
    int shards = target.getVirtualChannelNamesCount();
    if (shards != source.shards().size()) {
      throw new TargetException(
          "Collection %s.%s has %d shards on the target and %d on the source."
              .formatted(database, source.name(), shards, source.shards().size()),
          "Drop it on the target.");
    }
  }

  private void compare(CollectionSchema source, CollectionSchema target) {
    if (source.getEnableDynamicField() != target.getEnableDynamicField()) {
      found.add(
          "dynamic field is %s on the source and %s on the target"
              .formatted(source.getEnableDynamicField(), target.getEnableDynamicField()));
    }
    Map<String, FieldSchema> theirs = byName(target);
    for (FieldSchema field : source.getFieldsList()) {
      FieldSchema counterpart = theirs.remove(field.getName());
      if (counterpart == null) {
        found.add("field %s is missing on the target".formatted(field.getName()));
      } else {
        compare(field, counterpart);
      }
    }
    for (FieldSchema extra : theirs.values()) {
      boolean mayStayEmpty = extra.getNullable() || extra.hasDefaultValue();
      if (exact || !mayStayEmpty) {
        found.add("field %s is only on the target".formatted(extra.getName()));
      }
    }
    if (exact && !functions(source).equals(functions(target))) {
      found.add(
          "functions are %s on the source and %s on the target"
              .formatted(functions(source), functions(target)));
    }
  }

  private static Map<String, FieldSchema> byName(CollectionSchema schema) {
    return schema.getFieldsList().stream()
        .filter(field -> !field.getIsDynamic())
        .collect(
            Collectors.toMap(FieldSchema::getName, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  private void compare(FieldSchema source, FieldSchema target) {
    if (exact) {
      differ("id", source, target, FieldSchema::getFieldID);
      differ("parameters", source, target, SchemaComparison::parameters);
    } else {
      differ("generated keys", source, target, FieldSchema::getAutoID);
      Map<String, String> told = parameters(target);
      told.keySet().retainAll(parameters(source).keySet());
      differ("parameters", source, target, field -> common(parameters(field), told));
    }
    differ("type", source, target, FieldSchema::getDataType);
    differ("element type", source, target, FieldSchema::getElementType);
    differ("primary key", source, target, FieldSchema::getIsPrimaryKey);
    differ("partition key", source, target, FieldSchema::getIsPartitionKey);
    differ("nullable", source, target, FieldSchema::getNullable);
  }

  private static Map<String, String> common(Map<String, String> all, Map<String, String> told) {
    Map<String, String> shared = new TreeMap<>(all);
    shared.keySet().retainAll(told.keySet());
    return shared;
  }

  /** Returns the result of each function, in a form for people. */
  private static Map<String, String> functions(CollectionSchema schema) {
    return schema.getFunctionsList().stream()
        .collect(
            Collectors.toMap(
                FunctionSchema::getName,
                function ->
                    "%s of %s into %s"
                        .formatted(
                            function.getType(),
                            function.getInputFieldNamesList(),
                            function.getOutputFieldNamesList()),
                (a, b) -> b,
                TreeMap::new));
  }

  private void differ(
      String what, FieldSchema source, FieldSchema target, Function<FieldSchema, Object> trait) {
    if (!Objects.equals(trait.apply(source), trait.apply(target))) {
      found.add(
          "%s of field %s is %s on the source and %s on the target"
              .formatted(what, source.getName(), trait.apply(source), trait.apply(target)));
    }
  }

  private static Map<String, String> parameters(FieldSchema field) {
    return field.getTypeParamsList().stream()
        .collect(
            Collectors.toMap(
                KeyValuePair::getKey, KeyValuePair::getValue, (a, b) -> b, TreeMap::new));
  }
}
