package io.milvus.cdc.examples.e2e.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.protobuf.ByteString;
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
import io.milvus.grpc.LoadState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All rows of some databases, as a Milvus answers queries for them. */
final class SourceRows {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final int PAGE = 4096;
  private static final Duration SOON = Duration.ofMinutes(3);

  private final MilvusClient source;

  private SourceRows(MilvusClient source) {
    this.source = source;
  }

  /**
   * A row, to be compared.
   *
   * @param partition where it is; empty where Milvus chooses that and does not tell
   * @param text all its values
   */
  record Row(String partition, String text) {}

  /** The values of a row as JSON, the same text for the same values. */
  static String text(JsonNode row) throws IOException {
    return JSON.writeValueAsString(JSON.treeToValue(row, Map.class));
  }

  /** By {@code database.collection}, the rows by their keys. */
  static Map<String, Map<String, Row>> of(MilvusClient source, String... databases)
      throws IOException {
    Map<String, Map<String, Row>> all = new TreeMap<>();
    SourceRows rows = new SourceRows(source);
    for (MilvusCollection collection : collections(source, databases)) {
      all.put(collection.toString(), rows.of(collection));
    }
    return all;
  }

  /** By {@code database.collection}, what {@code count(*)} tells. */
  static Map<String, Long> counts(MilvusClient source, String... databases) {
    Map<String, Long> counts = new TreeMap<>();
    for (MilvusCollection collection : collections(source, databases)) {
      collection.serving().awaitLoaded(SOON);
      counts.put(collection.toString(), collection.count(ReadAt.timestamp(source.timestamp())));
    }
    return counts;
  }

  /** All collections, loaded or on their way to that. */
  private static List<MilvusCollection> collections(MilvusClient source, String... databases) {
    List<MilvusCollection> collections = new ArrayList<>();
    for (String database : databases) {
      source
          .collections(database)
          .forEach(name -> collections.add(source.collection(database, name)));
    }
    collections.forEach(SourceRows::startLoad);
    return collections;
  }

  private static void startLoad(MilvusCollection collection) {
    if (collection.serving().state() == LoadState.LoadStateNotLoad) {
      if (collection.serving().indexes().isEmpty()) {
        for (FieldSchema field : collection.describe().getSchema().getFieldsList()) {
          if (isVector(field)) {
            collection
                .serving()
                .createFlatIndex(field.getName(), field.getDataType() == DataType.BinaryVector);
          }
        }
      }
      collection.serving().startLoad();
    }
  }

  private static boolean isVector(FieldSchema field) {
    return field.getDataType() == DataType.FloatVector
        || field.getDataType() == DataType.BinaryVector;
  }

  private Map<String, Row> of(MilvusCollection collection) throws IOException {
    collection.serving().awaitLoaded(SOON);
    CollectionSchema schema = collection.describe().getSchema();
    List<String> fields = new ArrayList<>();
    schema.getFieldsList().forEach(field -> fields.add(field.getName()));
    if (schema.getEnableDynamicField() && !fields.contains(Cells.DYNAMIC)) {
      fields.add(Cells.DYNAMIC);
    }
    String key =
        schema.getFieldsList().stream()
            .filter(FieldSchema::getIsPrimaryKey)
            .map(FieldSchema::getName)
            .findFirst()
            .orElseThrow();
    boolean keyed = schema.getFieldsList().stream().anyMatch(FieldSchema::getIsPartitionKey);
    Map<String, Row> rows = new TreeMap<>();
    for (String partition : keyed ? List.of("") : collection.partitions()) {
      List<String> where = keyed ? List.of() : List.of(partition);
      ReadAt now = ReadAt.timestamp(source.timestamp());
      Scan scan = new Scan(collection, key, new Query("", fields, where, now, PAGE));
      for (Optional<Page> page = scan.next(); page.isPresent(); page = scan.next()) {
        take(page.get(), partition, rows);
      }
    }
    return rows;
  }

  private static void take(Page page, String partition, Map<String, Row> rows) throws IOException {
    for (int i = 0; i < page.size(); i++) {
      Map<String, Object> values = new TreeMap<>();
      for (FieldData column : page.columns()) {
        Object value = Cells.value(column, i);
        values.put(
            column.getFieldName(), value instanceof ByteString bytes ? bytes.toByteArray() : value);
      }
      String key = page.key(i).text();
      rows.put(
          key == null ? Long.toString(page.key(i).number()) : key,
          // Read back from text, as the rows of a journal are.
          new Row(partition, text(JSON.readTree(JSON.writeValueAsBytes(values)))));
    }
  }
}
