package io.milvus.cdc.examples.e2e.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.milvus.cdc.examples.rebuild.RebuiltCollection;
import io.milvus.cdc.examples.rebuild.RebuiltSource;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.Cells;
import io.milvus.cdc.internal.client.Page;
import io.milvus.cdc.internal.client.Query;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.internal.client.Scan;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what events tell with what the source has, row for row, field for field. */
public final class TopicComparison {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final int PAGE = 4096;
  private static final Duration LOADING = Duration.ofMinutes(2);

  private final MilvusClient source;
  private final RebuiltSource rebuilt;
  private final List<String> differences = new ArrayList<>();
  private boolean reloads = true;
  private long rows;

  public TopicComparison(MilvusClient source, RebuiltSource rebuilt) {
    this.source = source;
    this.rebuilt = rebuilt;
  }

  /** Reads what the source serves, and does not load again what is loaded. */
  public TopicComparison asServed() {
    reloads = false;
    return this;
  }

  /** What is not as on the source, in these databases. */
  public List<String> differences(Set<String> databases) {
    for (String database : databases) {
      compare(database);
    }
    return differences;
  }

  /** How many rows were compared. */
  public long rows() {
    return rows;
  }

  private void compare(String database) {
    Map<String, RebuiltCollection> told =
        rebuilt.collections().stream()
            .filter(each -> each.database().equals(database))
            .collect(Collectors.toMap(RebuiltCollection::name, each -> each));
    Set<String> there = new TreeSet<>(source.collections(database));
    if (!there.equals(told.keySet())) {
      differences.add("%s has %s, told are %s".formatted(database, there, told.keySet()));
    }
    for (String name : there) {
      if (told.containsKey(name)) {
        compare(source.collection(database, name), told.get(name));
      }
    }
  }

  private void compare(MilvusCollection collection, RebuiltCollection told) {
    Set<String> partitions = new TreeSet<>(collection.partitions());
    if (!partitions.equals(told.partitions().keySet())) {
      differences.add(
          "%s has partitions %s, told are %s"
              .formatted(collection, partitions, told.partitions().keySet()));
    }
    Map<String, JsonNode> all = new HashMap<>();
    told.partitions().values().forEach(all::putAll);
    CollectionSchema schema = collection.describe().getSchema();
    serve(collection, schema);
    List<String> fields =
        new ArrayList<>(schema.getFieldsList().stream().map(FieldSchema::getName).toList());
    if (schema.getEnableDynamicField() && !fields.contains(Cells.DYNAMIC)) {
      fields.add(Cells.DYNAMIC);
    }
    String key =
        schema.getFieldsList().stream()
            .filter(FieldSchema::getIsPrimaryKey)
            .findFirst()
            .orElseThrow()
            .getName();
    Scan scan = new Scan(collection, key, new Query("", fields, List.of(), ReadAt.strong(), PAGE));
    for (var page = scan.next(); page.isPresent(); page = scan.next()) {
      for (int row = 0; row < page.get().size(); row++) {
        compare(collection, page.get(), row, all);
      }
    }
    all.keySet().stream()
        .limit(10)
        .forEach(left -> differences.add("%s: key %s is told only".formatted(collection, left)));
  }

  private void serve(MilvusCollection collection, CollectionSchema schema) {
    if (collection.serving().indexes().isEmpty()) {
      for (FieldSchema field : schema.getFieldsList()) {
        boolean binary = field.getDataType() == DataType.BinaryVector;
        if (binary || field.getDataType() == DataType.FloatVector) {
          collection.serving().createFlatIndex(field.getName(), binary);
        }
      }
    }
    if (reloads) {
      // What a query node has got wrong while parts were killed is right after that.
      collection.serving().release();
    }
    collection.serving().load(LOADING);
  }

  private void compare(MilvusCollection collection, Page page, int row, Map<String, JsonNode> all) {
    rows++;
    var key = page.key(row);
    String text = key.text() == null ? Long.toString(key.number()) : key.text();
    JsonNode told = all.remove(text);
    if (told == null) {
      add("%s: key %s is not told".formatted(collection, text));
      return;
    }
    Set<String> names = new TreeSet<>();
    for (FieldData column : page.columns()) {
      names.add(column.getFieldName());
      Object value = Cells.value(column, row);
      JsonNode other = told.path(column.getFieldName());
      if (!same(column.getType(), value, other)) {
        add(
            "%s: field %s of key %s is %s, told is %s"
                .formatted(collection, column.getFieldName(), text, value, other));
      }
    }
    Set<String> toldNames = new TreeSet<>();
    told.fieldNames().forEachRemaining(toldNames::add);
    if (!names.equals(toldNames)) {
      add("%s: key %s has %s, told are %s".formatted(collection, text, names, toldNames));
    }
  }

  private void add(String difference) {
    if (differences.size() < 20) {
      differences.add(difference);
    }
  }

  private static boolean same(DataType type, Object value, JsonNode told) {
    try {
      if (value instanceof List<?> list) {
        return told.isArray() && told.size() == list.size() && sameElements(list, told);
      }
      if (value instanceof ByteString bytes) {
        return Arrays.equals(bytes.toByteArray(), told.binaryValue());
      }
      if (type == DataType.JSON) {
        return JSON.readTree((String) value).equals(told);
      }
      if (value instanceof String text) {
        return told.isTextual() && told.textValue().equals(text);
      }
      if (value instanceof Boolean flag) {
        return told.isBoolean() && told.booleanValue() == flag;
      }
      if (value instanceof Float number) {
        return told.isNumber() && told.decimalValue().floatValue() == number;
      }
      if (value instanceof Double number) {
        return told.isNumber() && told.decimalValue().doubleValue() == number;
      }
      return told.isIntegralNumber() && told.longValue() == ((Number) value).longValue();
    } catch (JsonProcessingException e) {
      throw new AssertionError(String.valueOf(value), e);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean sameElements(List<?> list, JsonNode told) {
    for (int i = 0; i < list.size(); i++) {
      if (!same(DataType.None, list.get(i), told.get(i))) {
        return false;
      }
    }
    return true;
  }
}
