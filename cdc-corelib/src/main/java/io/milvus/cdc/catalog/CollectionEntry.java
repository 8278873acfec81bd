package io.milvus.cdc.catalog;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A collection of the source, with its partitions. Immutable. */
public final class CollectionEntry {
  private final Values values;

  private CollectionEntry(Values values) {
    this.values = values;
  }

  private record Values(
      long id,
      long databaseId,
      String name,
      long createdAt,
      CollectionSchema schema,
      List<String> shards,
      Map<String, String> startPositions,
      String consistency,
      Map<String, String> properties,
      Map<Long, PartitionEntry> partitions,
      long droppedAt,
      List<Naming> names) {
    Values {
      names =
          names.isEmpty() ? List.of(new Naming(createdAt, databaseId, name)) : List.copyOf(names);
      shards = List.copyOf(shards);
      startPositions = Map.copyOf(startPositions);
      properties = Map.copyOf(properties);
      partitions = Map.copyOf(partitions);
    }
  }

  /**
   * Returns a builder of a collection without shards, properties and partitions.
   *
   * @param createdAt hybrid timestamp
   */
  public static Builder builder(
      long id, long databaseId, String name, long createdAt, CollectionSchema schema) {
    return new Builder(id, createdAt).place(databaseId, name).schema(schema);
  }

  /** Returns a builder with all the values of this collection. */
  public Builder toBuilder() {
    return builder(id(), databaseId(), name(), createdAt(), schema())
        .shards(shards())
        .startPositions(startPositions())
        .consistency(consistency())
        .properties(properties())
        .partitions(partitions())
        .droppedAt(droppedAt())
        .names(names());
  }

  /** Collects the values of a collection. For one thread. */
  public static final class Builder {
    private final long id;
    private final long createdAt;
    private long databaseId;
    private String name = "";
    private @Nullable CollectionSchema schema;

    private List<String> shards = List.of();
    private Map<String, String> startPositions = Map.of();
    private String consistency = "Bounded";
    private Map<String, String> properties = Map.of();
    private Map<Long, PartitionEntry> partitions = Map.of();
    private long droppedAt = 0;
    private List<Naming> names = List.of();

    private Builder(long id, long createdAt) {
      this.id = id;
      this.createdAt = createdAt;
    }

    /**
     * Sets the database and the name. Unless {@link #names} are set, the collection never had
     * another name.
     */
    public Builder place(long database, String collection) {
      databaseId = database;
      name = Objects.requireNonNull(collection, "name");
      return this;
    }

    /** Sets the user's part of the schema. */
    public Builder schema(CollectionSchema schema) {
      this.schema = Objects.requireNonNull(schema, "schema");
      return this;
    }

    /** Sets the virtual channels, in shard order. Default: none. */
    public Builder shards(List<String> shards) {
      this.shards = Objects.requireNonNull(shards, "shards");
      return this;
    }

    /**
     * Sets the message id at which each physical channel of the collection begins, in base64 of the
     * queue's own encoding. Empty if the source does not store it. Default: none.
     */
    public Builder startPositions(Map<String, String> startPositions) {
      this.startPositions = Objects.requireNonNull(startPositions, "startPositions");
      return this;
    }

    /** Sets the default consistency level by its name in Milvus. Default: {@code Bounded}. */
    public Builder consistency(String consistency) {
      this.consistency = Objects.requireNonNull(consistency, "consistency");
      return this;
    }

    /** Sets the properties. Default: none. */
    public Builder properties(Map<String, String> properties) {
      this.properties = Objects.requireNonNull(properties, "properties");
      return this;
    }

    /** Sets the partitions, by id. Default: none. */
    public Builder partitions(Map<Long, PartitionEntry> partitions) {
      this.partitions = Objects.requireNonNull(partitions, "partitions");
      return this;
    }

    /** Sets the hybrid timestamp of its drop, 0 while it exists. Default: 0. */
    public Builder droppedAt(long droppedAt) {
      this.droppedAt = droppedAt;
      return this;
    }

    /** Sets the known names, oldest first, up to the present name. Default: none. */
    public Builder names(List<Naming> names) {
      this.names = Objects.requireNonNull(names, "names");
      return this;
    }

    /** Returns the collection. */
    public CollectionEntry build() {
      return new CollectionEntry(
          new Values(
              id,
              databaseId,
              name,
              createdAt,
              Objects.requireNonNull(schema, "schema"),
              shards,
              startPositions,
              consistency,
              properties,
              partitions,
              droppedAt,
              names));
    }
  }

  /** Returns the id, which the source never reuses. */
  public long id() {
    return values.id();
  }

  /** Returns the id of its database. */
  public long databaseId() {
    return values.databaseId();
  }

  /** Returns its name. */
  public String name() {
    return values.name();
  }

  /** Returns the hybrid timestamp of its creation. */
  public long createdAt() {
    return values.createdAt();
  }

  /** Returns the user's part of the schema. */
  public CollectionSchema schema() {
    return values.schema();
  }

  /** Returns the virtual channels, in shard order. */
  public List<String> shards() {
    return values.shards();
  }

  /**
   * Returns the message id at which each physical channel of the collection begins, in base64 of
   * the queue's own encoding. Empty if the source does not store it.
   */
  public Map<String, String> startPositions() {
    return values.startPositions();
  }

  /** Returns the default consistency level by its name in Milvus, such as {@code Bounded}. */
  public String consistency() {
    return values.consistency();
  }

  /** Returns the properties. */
  public Map<String, String> properties() {
    return values.properties();
  }

  /** Returns the partitions, by id. */
  public Map<Long, PartitionEntry> partitions() {
    return values.partitions();
  }

  /** Returns the hybrid timestamp of its drop, 0 while it exists. */
  public long droppedAt() {
    return values.droppedAt();
  }

  /** Returns the known names, oldest first, up to the present name. */
  public List<Naming> names() {
    return values.names();
  }

  /** Returns whether the collection was dropped. */
  public boolean dropped() {
    return droppedAt() != 0;
  }

  /** Returns the physical channels that carry this collection, in shard order. */
  public List<String> channels() {
    return shards().stream().map(Channels::physicalOf).toList();
  }

  /**
   * Returns the index of the shard with this virtual channel, or -1 if the channel belongs to
   * another collection.
   */
  public int shardOf(String virtualChannel) {
    return shards().indexOf(virtualChannel);
  }

  /** Returns this collection with a partition added, or replaced if there is one of its id. */
  public CollectionEntry with(PartitionEntry partition) {
    Map<Long, PartitionEntry> changed = new TreeMap<>(partitions());
    changed.put(partition.id(), partition);
    return withPartitions(changed);
  }

  /** Returns this collection without one partition. */
  public CollectionEntry without(PartitionEntry partition) {
    Map<Long, PartitionEntry> left = new TreeMap<>(partitions());
    left.remove(partition.id());
    return withPartitions(left);
  }

  /** Returns this collection with the partitions replaced. */
  public CollectionEntry withPartitions(Map<Long, PartitionEntry> changed) {
    return toBuilder().partitions(changed).build();
  }

  /** Returns this collection with the properties replaced. */
  public CollectionEntry withProperties(Map<String, String> changed) {
    return toBuilder().properties(changed).build();
  }

  /** Returns this collection after its drop at a hybrid timestamp. */
  public CollectionEntry endedAt(long timestamp) {
    return toBuilder().droppedAt(timestamp).build();
  }

  /** Returns the present name. */
  public Naming naming() {
    return names().get(names().size() - 1);
  }

  /** Returns this collection with these names, oldest first. The last is the present name. */
  public CollectionEntry named(List<Naming> namings) {
    Naming last = namings.get(namings.size() - 1);
    return toBuilder().place(last.databaseId(), last.name()).names(namings).build();
  }

  /** Returns this collection after a rename. Of the former names only the last is retained. */
  public CollectionEntry renamed(Naming to) {
    return named(List.of(naming(), to));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CollectionEntry that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "CollectionEntry" + values.toString().substring("Values".length());
  }
}
