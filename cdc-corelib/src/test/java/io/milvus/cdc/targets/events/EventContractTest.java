package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.contract.TargetContract;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A topic of events keeps the contract of targets, if a reader folds it. */
class EventContractTest extends TargetContract {
  private FakeTopic topic;

  @Override
  protected ChangeTarget create() {
    topic = new FakeTopic(true, () -> false, Integer.MAX_VALUE);
    return topic;
  }

  /** A row and where it is; a partition's end takes its rows. */
  private record Placed(String partition, Map<String, Object> row) {}

  @Override
  protected List<Map<String, Object>> rows(String database, String collection) {
    Map<String, Map<Object, Placed>> tables = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode event : topic.events()) {
      if (seen.add(event.get("id").asText())) {
        fold(event.get("type").asText(), event.get("data"), tables);
      }
    }
    return tables.getOrDefault(database + "." + collection, Map.of()).values().stream()
        .map(Placed::row)
        .toList();
  }

  private static void fold(String type, JsonNode data, Map<String, Map<Object, Placed>> tables) {
    String name = data.path("database").asText() + "." + data.path("collection").asText();
    String partition = data.path("partition").asText();
    switch (type.substring("io.milvus.cdc.".length())) {
      case "collection.created" -> tables.put(name, new HashMap<>());
      case "collection.renamed" -> {
        JsonNode from = data.get("from");
        String before = from.get("database").asText() + "." + from.get("collection").asText();
        tables.put(name, tables.remove(before));
      }
      case "collection.dropped" -> tables.remove(name);
      case "partition.dropped" ->
          tables.get(name).values().removeIf(one -> one.partition().equals(partition));
      case "row.inserted" ->
          tables.get(name).put(key(data), new Placed(partition, row(data.get("row"))));
      case "row.deleted" -> tables.get(name).remove(key(data));
      default -> {}
    }
  }

  private static Object key(JsonNode data) {
    return data.get("key").isTextual() ? data.get("key").asText() : data.get("key").asLong();
  }

  /** JSON inside JSON is what {@link OddValuesTest} reads. */
  private static Map<String, Object> row(JsonNode fields) {
    Map<String, Object> row = new HashMap<>();
    JsonNode id = fields.get("id");
    row.put("id", id.isTextual() ? id.asText() : (Object) id.asLong());
    row.put("text", fields.get("text").asText());
    if (fields.has("long")) {
      row.put("long", fields.get("long").asLong());
      List<Long> array = new ArrayList<>();
      fields.get("array").forEach(element -> array.add(element.asLong()));
      row.put("array", array);
      row.put("double", Double.valueOf(fields.get("double").asText()));
    }
    return row;
  }
}
