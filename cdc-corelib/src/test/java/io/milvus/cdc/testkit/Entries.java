package io.milvus.cdc.testkit;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Catalog entries with little to say. */
public final class Entries {
  public static final DatabaseEntry DEFAULT = new DatabaseEntry(1, "default", 5, 0);

  private Entries() {}

  /** A collection in the default database with one partition, {@code _default}, of id 10 * id. */
  public static CollectionEntry collection(
      long id, String name, long createdAt, String... channels) {
    List<String> shards = new java.util.ArrayList<>();
    for (int i = 0; i < channels.length; i++) {
      shards.add(channels[i] + "_" + id + "v" + i);
    }
    return CollectionEntry.builder(id, DatabaseEntry.DEFAULT_ID, name, createdAt, schema(name))
        .shards(shards)
        .partitions(Map.of(10 * id, new PartitionEntry(10 * id, "_default", createdAt, 0)))
        .build();
  }

  /** An integer key and a vector of two floats. */
  public static CollectionSchema schema(String name) {
    return encoded(milvusSchema(name), false);
  }

  public static CollectionSchema encoded(
      io.milvus.grpc.CollectionSchema schema, boolean partitionKey) {
    return new CollectionSchema(
        Base64.getEncoder().encodeToString(schema.toByteArray()), Messages.KEY_FIELD, partitionKey);
  }

  public static io.milvus.grpc.CollectionSchema milvusSchema(String name) {
    return io.milvus.grpc.CollectionSchema.newBuilder()
        .setName(name)
        .addFields(
            FieldSchema.newBuilder()
                .setFieldID(100)
                .setName("id")
                .setDataType(DataType.Int64)
                .setIsPrimaryKey(true))
        .addFields(
            FieldSchema.newBuilder()
                .setFieldID(101)
                .setName("vec")
                .setDataType(DataType.FloatVector)
                .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue("2")))
        .build();
  }

  public static CollectionEntry dropped(CollectionEntry entry, long at) {
    return with(entry, entry.databaseId(), entry.schema(), at);
  }

  public static CollectionEntry in(DatabaseEntry database, CollectionEntry entry) {
    return with(entry, database.id(), entry.schema(), entry.droppedAt());
  }

  /** The same collection after one more change of name, which later ones do not forget. */
  public static CollectionEntry renamed(
      CollectionEntry entry, long since, DatabaseEntry database, String name) {
    List<Naming> names = new java.util.ArrayList<>(entry.names());
    names.add(new Naming(since, database.id(), name));
    return entry.named(names);
  }

  public static CollectionEntry with(CollectionEntry entry, CollectionSchema schema) {
    return with(entry, entry.databaseId(), schema, entry.droppedAt());
  }

  private static CollectionEntry with(
      CollectionEntry entry, long database, CollectionSchema schema, long droppedAt) {
    return CollectionEntry.builder(entry.id(), database, entry.name(), entry.createdAt(), schema)
        .shards(entry.shards())
        .startPositions(entry.startPositions())
        .consistency(entry.consistency())
        .properties(entry.properties())
        .partitions(entry.partitions())
        .droppedAt(droppedAt)
        .names(entry.databaseId() == database ? entry.names() : List.of())
        .build();
  }

  /** These in the default database, their aliases, and the databases themselves. */
  public static Catalog catalog(Object... things) {
    Map<Long, DatabaseEntry> databases = new HashMap<>(Map.of(DEFAULT.id(), DEFAULT));
    Map<Long, CollectionEntry> collections = new TreeMap<>();
    Map<AliasName, AliasEntry> aliases = new HashMap<>();
    for (Object thing : things) {
      if (thing instanceof DatabaseEntry database) {
        databases.put(database.id(), database);
      } else if (thing instanceof AliasEntry alias) {
        aliases.put(alias.name(), alias);
      } else {
        CollectionEntry collection = (CollectionEntry) thing;
        collections.put(collection.id(), collection);
      }
    }
    return new Catalog(databases, collections, aliases, Map.of());
  }
}
