package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.internal.decode.UserSchema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows one collection through the changes of a log. See {@link WalCatalog} for the rules. */
final class CollectionState {
  /** The values that changes replace, each on its own. */
  private enum Value {
    PLACE,
    DESCRIPTION,
    SCHEMA,
    CONSISTENCY,
    PROPERTIES
  }

  private final Map<Value, Long> changedAt = new EnumMap<>(Value.class);

  private CollectionEntry entry;

  private CollectionState(CollectionEntry entry, long since) {
    this.entry = entry;
    for (Value value : Value.values()) {
      changedAt.put(value, since);
    }
  }

  static CollectionState listed(CollectionEntry entry, long asOf) {
    return new CollectionState(entry, asOf);
  }

  static CollectionState created(CollectionChange.Create change, Moment at) {
    Map<Long, PartitionEntry> partitions = new TreeMap<>();
    change
        .partitions()
        .forEach((id, name) -> partitions.put(id, new PartitionEntry(id, name, at.tick(), 0)));
    return new CollectionState(
        CollectionEntry.builder(
                change.collectionId(),
                change.databaseId(),
                change.name(),
                at.tick(),
                change.schema())
            .shards(change.shards())
            .consistency(change.consistency())
            .properties(change.properties())
            .partitions(partitions)
            .build(),
        at.tick());
  }

  CollectionEntry entry() {
    return entry;
  }

  private boolean become(CollectionEntry changed) {
    boolean differs = !changed.equals(entry);
    entry = changed;
    return differs;
  }

  /** Corrects the time of creation by a later copy of the message. */
  boolean createdAgain(Moment at) {
    if (!at.control() || at.tick() == entry.createdAt()) {
      return false;
    }
    long before = entry.createdAt();
    Map<Long, PartitionEntry> partitions = new TreeMap<>(entry.partitions());
    partitions.replaceAll(
        (id, one) ->
            one.createdAt() == before
                ? new PartitionEntry(id, one.name(), at.tick(), one.droppedAt())
                : one);
    List<Naming> names = new ArrayList<>(entry.names());
    names.set(0, new Naming(at.tick(), names.get(0).databaseId(), names.get(0).name()));
    return become(
        CollectionEntry.builder(
                entry.id(), entry.databaseId(), entry.name(), at.tick(), entry.schema())
            .shards(entry.shards())
            .startPositions(entry.startPositions())
            .consistency(entry.consistency())
            .properties(entry.properties())
            .partitions(partitions)
            .droppedAt(entry.droppedAt())
            .names(names)
            .build());
  }

  boolean drop(Moment at) {
    return become(entry.endedAt(Math.max(entry.droppedAt(), at.tick())));
  }

  boolean createPartition(CollectionChange.CreatePartition change, Moment at) {
    PartitionEntry known = entry.partitions().get(change.partitionId());
    if (known != null && !at.control()) {
      return false;
    }
    long droppedAt = known == null ? 0 : known.droppedAt();
    return become(
        entry.with(new PartitionEntry(change.partitionId(), change.name(), at.tick(), droppedAt)));
  }

  boolean dropPartition(CollectionChange.DropPartition change, Moment at) {
    PartitionEntry known = entry.partitions().get(change.partitionId());
    return known != null
        && become(
            entry.with(
                new PartitionEntry(
                    known.id(),
                    known.name(),
                    known.createdAt(),
                    Math.max(known.droppedAt(), at.tick()))));
  }

  boolean alter(CollectionChange.Alter change, Moment at) {
    CollectionEntry.Builder changed = entry.toBuilder();
    CollectionSchema schema = entry.schema();
    if (change.schema() != null && isNewer(Value.SCHEMA, at) && follows(change.schema())) {
      // The message has the name of its own time.
      schema = UserSchema.with(change.schema(), one -> one.setName(entry.name()));
    }
    String description = change.description();
    if (description != null && isNewer(Value.DESCRIPTION, at)) {
      schema = UserSchema.with(schema, one -> one.setDescription(description));
    }
    if (change.consistency() != null && isNewer(Value.CONSISTENCY, at)) {
      changed.consistency(change.consistency());
    }
    if (change.properties() != null && isNewer(Value.PROPERTIES, at)) {
      changed.properties(change.properties());
    }
    if (change.name() != null || change.place() != null) {
      List<Naming> names = names(naming(change, at), at);
      Naming last = names.get(names.size() - 1);
      if (isNewer(Value.PLACE, at) && last.since() == at.tick()) {
        changed.place(last.databaseId(), last.name()).names(names);
        schema = UserSchema.with(schema, one -> moved(one.setName(last.name()), change.place()));
      }
    }
    return become(changed.schema(schema).build());
  }

  /**
   * Returns the names after a rename. The copy of the control channel corrects the time of a rename
   * whose other copy came first. A later rename stays.
   */
  private List<Naming> names(Naming to, Moment at) {
    List<Naming> names = new ArrayList<>(entry.names());
    Naming last = entry.naming();
    boolean same = to.samePlace(last);
    if (to.since() > last.since() && !same) {
      names.add(to);
    } else if (to.since() > last.since() && at.control() && names.size() > 1) {
      names.set(names.size() - 1, to);
    }
    return names;
  }

  private static io.milvus.grpc.CollectionSchema.Builder moved(
      io.milvus.grpc.CollectionSchema.Builder schema, CollectionChange.@Nullable Place to) {
    return to == null ? schema : schema.setDbName(to.database());
  }

  /** Returns whether a change is later than the last change of a value, and notes it as such. */
  private boolean isNewer(Value value, Moment at) {
    Long last = changedAt.put(value, Math.max(at.tick(), changedAt.getOrDefault(value, 0L)));
    return last == null || at.tick() > last;
  }

  private boolean follows(CollectionSchema changed) {
    return UserSchema.version(changed) >= UserSchema.version(entry.schema());
  }

  private Naming naming(CollectionChange.Alter change, Moment at) {
    return new Naming(
        at.tick(),
        change.place() == null ? entry.databaseId() : change.place().databaseId(),
        change.name() == null ? entry.name() : change.name());
  }
}
