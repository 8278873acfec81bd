package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.internal.decode.UserSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows the collections and partitions through the changes of a log. */
final class CollectionStates {
  private final Map<Long, CollectionState> states = new HashMap<>();

  CollectionStates(FirstLook first) {
    first
        .catalog()
        .collections()
        .forEach((id, entry) -> states.put(id, CollectionState.listed(entry, first.asOf())));
  }

  Map<Long, CollectionEntry> entries() {
    return states.values().stream()
        .map(CollectionState::entry)
        .collect(Collectors.toMap(CollectionEntry::id, entry -> entry));
  }

  /** Returns whether there is a collection with this id that is not dropped. */
  boolean lives(long id) {
    return living(id) != null;
  }

  private @Nullable CollectionState living(CollectionChange change) {
    return living(change.collectionId());
  }

  private @Nullable CollectionState living(long id) {
    CollectionState state = states.get(id);
    return state == null || state.entry().dropped() ? null : state;
  }

  /** Returns the name of a field, or an empty text if it is unknown. */
  String field(long collection, long field) {
    CollectionState state = states.get(collection);
    return state == null ? "" : UserSchema.field(state.entry().schema(), field);
  }

  /** Returns the ids of the partitions that are not dropped. */
  Set<Long> partitions(long collection) {
    CollectionState state = states.get(collection);
    return state == null
        ? Set.of()
        : state.entry().partitions().values().stream()
            .filter(partition -> !partition.dropped())
            .map(PartitionEntry::id)
            .collect(Collectors.toSet());
  }

  /** Returns whether the change changed anything. */
  boolean apply(CollectionChange change, Moment at) {
    return change.accept(new Applying(at));
  }

  private final class Applying implements CollectionChange.Kinds<Boolean> {
    private final Moment at;

    Applying(Moment at) {
      this.at = at;
    }

    @Override
    public Boolean create(CollectionChange.Create change) {
      CollectionState known = states.get(change.collectionId());
      if (known != null) {
        return known.createdAgain(at);
      }
      states.put(change.collectionId(), CollectionState.created(change, at));
      return true;
    }

    @Override
    public Boolean drop(CollectionChange.Drop change) {
      CollectionState known = states.get(change.collectionId());
      return known != null && known.drop(at);
    }

    @Override
    public Boolean createPartition(CollectionChange.CreatePartition change) {
      CollectionState known = living(change);
      return known != null && known.createPartition(change, at);
    }

    @Override
    public Boolean dropPartition(CollectionChange.DropPartition change) {
      CollectionState known = living(change);
      return known != null && known.dropPartition(change, at);
    }

    @Override
    public Boolean alter(CollectionChange.Alter change) {
      CollectionState known = living(change);
      return known != null && known.alter(change, at);
    }

    @Override
    public Boolean truncate(CollectionChange.Truncate change) {
      return false;
    }
  }
}
