package io.milvus.cdc.compare;

import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the settings of collections, apart from their rows. */
final class ShapeComparison {
  private final String where;
  private final Differences differences;
  private final Likeness likeness;

  ShapeComparison(String where, Differences differences, Likeness likeness) {
    this.where = where;
    this.differences = differences;
    this.likeness = likeness;
  }

  /** Compares settings and schemas. */
  void compare(DescribeCollectionResponse source, DescribeCollectionResponse target) {
    equal(source, target, "dynamic", it -> it.getSchema().getEnableDynamicField());
    equal(source, target, "set of properties", it -> map(it.getPropertiesList()));
    if (!likeness.lite()) {
      equal(source, target, "description", it -> it.getSchema().getDescription());
      equal(source, target, "number of shards", DescribeCollectionResponse::getShardsNum);
      equal(source, target, "consistency", DescribeCollectionResponse::getConsistencyLevel);
      equal(source, target, "set of aliases", it -> Set.copyOf(it.getAliasesList()));
    }
    fields(source.getSchema().getFieldsList(), target.getSchema().getFieldsList());
  }

  /** Compares the names of partitions. */
  void partitions(List<String> source, List<String> target) {
    differences.unlessEqual(
        where, "set of partitions", new HashSet<>(source), new HashSet<>(target));
  }

  private void fields(List<FieldSchema> source, List<FieldSchema> target) {
    equal(source, target, "list of fields", it -> it.stream().map(FieldSchema::getName).toList());
    for (int i = 0; i < Math.min(source.size(), target.size()); i++) {
      field(source.get(i), target.get(i), "of field " + source.get(i).getName());
    }
  }

  private void field(FieldSchema source, FieldSchema target, String of) {
    equal(source, target, "type " + of, FieldSchema::getDataType);
    equal(source, target, "element type " + of, FieldSchema::getElementType);
    if (!likeness.lite()) {
      equal(source, target, "id " + of, FieldSchema::getFieldID);
      equal(source, target, "description " + of, FieldSchema::getDescription);
      equal(source, target, "set of type parameters " + of, it -> map(it.getTypeParamsList()));
      equal(source, target, "set of index parameters " + of, it -> map(it.getIndexParamsList()));
    }
    equal(source, target, "default value " + of, FieldSchema::getDefaultValue);
    equal(
        source,
        target,
        "set of flags " + of,
        it ->
            Map.of(
                "primary key", it.getIsPrimaryKey(),
                "auto id", likeness.exact() && it.getAutoID(),
                "partition key", it.getIsPartitionKey(),
                "dynamic", it.getIsDynamic()));
  }

  private <T> void equal(T source, T target, String what, Function<T, Object> part) {
    differences.unlessEqual(where, what, part.apply(source), part.apply(target));
  }

  private static Map<String, String> map(List<KeyValuePair> pairs) {
    return pairs.stream()
        .collect(
            Collectors.toMap(
                KeyValuePair::getKey, KeyValuePair::getValue, (one, other) -> other, TreeMap::new));
  }
}
