package io.milvus.cdc.examples.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** Holds a collection, rebuilt from its events. */
public final class RebuiltCollection {
  private String database;
  private String name;

  /** Holds the rows of each partition by their keys, which are in JSON. */
  private final Map<String, Map<String, JsonNode>> partitions = new HashMap<>();

  RebuiltCollection(String database, String name) {
    this.database = database;
    this.name = name;
  }

  public String database() {
    return database;
  }

  public String name() {
    return name;
  }

  /** Returns the rows of each partition by their keys. */
  public Map<String, Map<String, JsonNode>> partitions() {
    return partitions;
  }

  /** Returns the number of rows in all partitions. */
  public int count() {
    return partitions.values().stream().mapToInt(Map::size).sum();
  }

  void rename(String toDatabase, String toName) {
    database = toDatabase;
    name = toName;
  }

  void createPartition(String partition) {
    partitions.putIfAbsent(partition, new HashMap<>());
  }

  void dropPartition(String partition) {
    partitions.remove(partition);
  }

  void insert(JsonNode data) {
    Map<String, JsonNode> rows = partitions.get(data.get("partition").asText());
    if (rows == null) {
      throw new IllegalStateException("A row of an unknown partition: " + data);
    }
    rows.put(data.get("key").asText(), data.get("row"));
  }

  void delete(JsonNode data) {
    String key = data.get("key").asText();
    JsonNode partition = data.get("partition");
    partitions.forEach(
        (name, rows) -> {
          if (partition.isNull() || partition.asText().equals(name)) {
            rows.remove(key);
          }
        });
  }
}
