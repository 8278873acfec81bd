package io.milvus.cdc.internal.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Writes and reads catalogs as JSON. */
final class CatalogJson {
  private CatalogJson() {}

  /**
   * Writes a catalog.
   *
   * @param texts returns the text of a collection, which may be cached
   */
  static ObjectNode write(Catalog catalog, Function<CollectionEntry, RawValue> texts) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode databases = node.putObject("databases");
    eachById(
        catalog.databases(),
        (id, database) ->
            databases
                .putObject(id)
                .put("name", database.name())
                .put("createdAt", database.createdAt()));
    ObjectNode collections = node.putObject("collections");
    eachById(
        catalog.collections(),
        (id, collection) -> collections.putRawValue(id, texts.apply(collection)));
    ArrayNode aliases = node.putArray("aliases");
    catalog.aliases().values().stream()
        .sorted(Comparator.comparingLong(AliasEntry::since))
        .forEach(
            alias ->
                aliases
                    .addObject()
                    .put("name", alias.name().text())
                    .put("database", alias.name().databaseId())
                    .put("collection", alias.collectionId())
                    .put("since", alias.since()));
    if (!catalog.access().equals(Access.NONE)) {
      node.set("access", AccessJson.write(catalog.access()));
    }
    return node;
  }

  private static <V> void eachById(Map<Long, V> entries, BiConsumer<String, V> action) {
    new TreeMap<>(entries).forEach((id, entry) -> action.accept(Long.toString(id), entry));
  }

  static ObjectNode write(CollectionEntry collection) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("database", collection.databaseId())
            .put("name", collection.name())
            .put("createdAt", collection.createdAt())
            .put("schema", collection.schema().encoded())
            .put("primaryKeyField", collection.schema().primaryKeyField())
            .put("partitionKey", collection.schema().partitionKey())
            .put("consistency", collection.consistency());
    collection.shards().forEach(node.putArray("shards")::add);
    ArrayNode names = node.putArray("names");
    for (Naming naming : collection.names()) {
      names
          .addObject()
          .put("since", naming.since())
          .put("database", naming.databaseId())
          .put("name", naming.name());
    }
    ObjectNode properties = node.putObject("properties");
    collection.properties().forEach(properties::put);
    ObjectNode partitions = node.putObject("partitions");
    eachById(
        collection.partitions(),
        (id, partition) ->
            partitions
                .putObject(id)
                .put("name", partition.name())
                .put("createdAt", partition.createdAt()));
    return node;
  }

  static Catalog read(JsonNode node) {
    Map<Long, DatabaseEntry> databases = new HashMap<>();
    eachOf(
        node.required("databases"),
        (id, entry) ->
            databases.put(
                id,
                new DatabaseEntry(
                    id,
                    entry.required("name").asText(),
                    entry.required("createdAt").longValue(),
                    0)));
    Map<Long, CollectionEntry> collections = new HashMap<>();
    eachOf(node.required("collections"), (id, entry) -> collections.put(id, collection(id, entry)));
    Map<AliasName, AliasEntry> aliases = new HashMap<>();
    for (JsonNode alias : node.path("aliases")) {
      AliasName name =
          new AliasName(alias.required("database").longValue(), alias.required("name").asText());
      aliases.put(
          name,
          new AliasEntry(
              name,
              alias.required("collection").longValue(),
              alias.required("since").longValue(),
              0));
    }
    return new Catalog(
        databases, collections, aliases, Map.of(), AccessJson.read(node.path("access")));
  }

  private static void eachOf(JsonNode node, BiConsumer<Long, JsonNode> action) {
    node.properties()
        .forEach(entry -> action.accept(Long.parseLong(entry.getKey()), entry.getValue()));
  }

  private static CollectionEntry collection(long id, JsonNode node) {
    List<String> shards = new ArrayList<>();
    node.required("shards").forEach(shard -> shards.add(shard.asText()));
    Map<String, String> properties = new HashMap<>();
    node.required("properties")
        .properties()
        .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
    List<Naming> names = new ArrayList<>();
    for (JsonNode naming : node.path("names")) {
      names.add(
          new Naming(
              naming.required("since").longValue(),
              naming.required("database").longValue(),
              naming.required("name").asText()));
    }
    Map<Long, PartitionEntry> partitions = new HashMap<>();
    eachOf(
        node.required("partitions"),
        (partition, entry) ->
            partitions.put(
                partition,
                new PartitionEntry(
                    partition,
                    entry.required("name").asText(),
                    entry.required("createdAt").longValue(),
                    0)));
    return CollectionEntry.builder(
            id,
            node.required("database").longValue(),
            node.required("name").asText(),
            node.required("createdAt").longValue(),
            new CollectionSchema(
                node.required("schema").asText(),
                node.required("primaryKeyField").longValue(),
                node.required("partitionKey").booleanValue()))
        .shards(shards)
        .consistency(node.required("consistency").asText())
        .properties(properties)
        .partitions(partitions)
        .names(names)
        .build();
  }
}
