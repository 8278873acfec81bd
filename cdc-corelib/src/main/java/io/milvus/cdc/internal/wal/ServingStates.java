package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.catalog.Serving;
import java.util.HashMap;
import java.util.Map;

/** Follows the indexes and loads through the changes of a log. */
final class ServingStates {
  private final Map<Long, ServingState> states = new HashMap<>();

  ServingStates(FirstLook first) {
    for (long id : first.catalog().collections().keySet()) {
      states.put(id, ServingState.listed(id, first));
    }
  }

  private ServingState state(long collection) {
    return states.computeIfAbsent(collection, id -> new ServingState(0));
  }

  /** Returns the indexes and loads, by collection. */
  Map<Long, Serving> entries(CollectionStates collections) {
    Map<Long, Serving> servings = new HashMap<>();
    states.forEach(
        (id, state) -> {
          Serving serving = state.serving(collections.partitions(id));
          if (collections.lives(id) && !serving.equals(Serving.NONE)) {
            servings.put(id, serving);
          }
        });
    return servings;
  }

  /** Returns the names of the indexes whose ids are known. */
  Map<Long, FirstLook.IndexName> indexes() {
    Map<Long, FirstLook.IndexName> all = new HashMap<>();
    states.forEach((id, state) -> all.putAll(state.indexes(id)));
    return all;
  }

  /** Returns whether the change changed anything. */
  boolean apply(ServingChange change, CollectionStates collections, Moment at) {
    ServingState state = state(change.collectionId());
    return state.isNewer(at) && change.accept(new Applying(state, collections));
  }

  private static final class Applying implements ServingChange.Kinds<Boolean> {
    private final ServingState state;
    private final CollectionStates collections;

    Applying(ServingState state, CollectionStates collections) {
      this.state = state;
      this.collections = collections;
    }

    @Override
    public Boolean setIndexes(ServingChange.SetIndexes change) {
      boolean changed = false;
      for (ServingChange.Index index : change.indexes()) {
        changed |= state.put(index, collections.field(change.collectionId(), index.field()));
      }
      return changed;
    }

    @Override
    public Boolean dropIndexes(ServingChange.DropIndexes change) {
      return state.dropIndexes(change.indexes());
    }

    /**
     * Milvus marks every load as one of the whole collection, even if it lists some partitions
     * (2.6, internal/querycoordv2/job/job_load.go).
     */
    @Override
    public Boolean load(ServingChange.Load change) {
      return state.become(
          change.partitions().isEmpty()
              ? Load.NONE
              : new Load(true, change.partitions(), change.replicas()));
    }

    @Override
    public Boolean release(ServingChange.Release change) {
      return state.become(Load.NONE);
    }
  }

  /** Returns whether the change changed the number of copies of any collection. */
  boolean apply(DatabaseChange change, Moment at) {
    boolean changed = false;
    if (change instanceof DatabaseChange.Alter alter && alter.replicas() > 0) {
      for (long id : alter.reloaded()) {
        changed |= state(id).isNewer(at) && state(id).copies(alter.replicas());
      }
    }
    return changed;
  }

  /** Returns whether a change of a collection changed its load. */
  boolean apply(CollectionChange change, Moment at) {
    // Loads are on the control channel, so only its copy is in order with them.
    if (!at.control()) {
      return false;
    }
    ServingState state = states.get(change.collectionId());
    if (state == null) {
      return false;
    }
    if (change instanceof CollectionChange.CreatePartition created) {
      return state.isNewer(at) && state.load(created.partitionId());
    }
    return change instanceof CollectionChange.Alter alter
        && alter.replicas() != null
        && state.isNewer(at)
        && state.copies(alter.replicas());
  }
}
