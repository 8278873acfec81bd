package io.milvus.cdc.examples.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds the content of a source, rebuilt from its events in order. For one thread. */
public final class RebuiltSource {
  private static final String PREFIX = "io.milvus.cdc.";

  private final Set<String> databases = new TreeSet<>();

  /** Holds collections by the source's ids, because a later collection can have the same name. */
  private final Map<String, RebuiltCollection> collections = new HashMap<>();

  private final Map<String, String> aliases = new TreeMap<>();

  /** Returns the databases that were created, without the default database. */
  public Set<String> databases() {
    return databases;
  }

  public Collection<RebuiltCollection> collections() {
    return collections.values();
  }

  /** Returns the id of each alias's collection. The keys are {@code database/alias}. */
  public Map<String, String> aliases() {
    return aliases;
  }

  /** Applies one event. */
  void apply(JsonNode event) {
    JsonNode data = event.get("data");
    String type = event.get("type").asText().substring(PREFIX.length());
    switch (type) {
      case "database.created" -> databases.add(database(data));
      case "database.dropped" -> databases.remove(database(data));
      case "alias.set" -> aliases.put(alias(data), id(data));
      case "alias.dropped" -> aliases.remove(alias(data));
      case "collection.created" -> create(data);
      case "collection.dropped" -> collections.remove(id(data));
      case "collection.renamed" -> collection(data).rename(database(data), name(data));
      case "partition.created" -> collection(data).createPartition(partition(data));
      case "partition.dropped" -> collection(data).dropPartition(partition(data));
      case "row.inserted", "row.read" -> collection(data).insert(data);
      case "row.deleted" -> collection(data).delete(data);
      default -> throw new IllegalArgumentException("The type of an event is unknown: " + type);
    }
  }

  private void create(JsonNode data) {
    RebuiltCollection fresh = new RebuiltCollection(database(data), name(data));
    data.get("partitions").forEach(partition -> fresh.createPartition(partition.asText()));
    collections.put(id(data), fresh);
  }

  private RebuiltCollection collection(JsonNode data) {
    RebuiltCollection found = collections.get(id(data));
    if (found == null) {
      throw new IllegalStateException("An event of an unknown collection: " + data);
    }
    return found;
  }

  private static String id(JsonNode data) {
    return data.get("collectionId").asText();
  }

  private static String database(JsonNode data) {
    return data.get("database").asText();
  }

  private static String name(JsonNode data) {
    return data.get("collection").asText();
  }

  private static String partition(JsonNode data) {
    return data.get("partition").asText();
  }

  private static String alias(JsonNode data) {
    return database(data) + "/" + data.get("alias").asText();
  }
}
