package io.milvus.cdc.internal.wal;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A change of the indexes or the load of a collection. On the control channel only. */
public sealed interface ServingChange extends WalChange {
  /** Returns the id of the collection. */
  long collectionId();

  /** Calls the visitor's method for this kind. */
  <R> R accept(Kinds<R> kinds);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.serving(this);
  }

  /**
   * An index.
   *
   * @param field the id of its field
   * @param parameters the parameters that the user set
   */
  record Index(long id, String name, long field, Map<String, String> parameters) {
    public Index {
      parameters = Map.copyOf(parameters);
    }
  }

  /** Creates indexes, or replaces those with the same ids. */
  record SetIndexes(long collectionId, List<Index> indexes) implements ServingChange {
    public SetIndexes {
      indexes = List.copyOf(indexes);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.setIndexes(this);
    }
  }

  /**
   * Drops indexes.
   *
   * @param indexes their ids, or none to drop all
   */
  record DropIndexes(long collectionId, Set<Long> indexes) implements ServingChange {
    public DropIndexes {
      indexes = Set.copyOf(indexes);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.dropIndexes(this);
    }
  }

  /**
   * Loads, and releases the rest.
   *
   * @param partitions all that are to be loaded
   * @param fields the ids of all fields that are to be loaded
   * @param replicas the number of copies
   */
  record Load(long collectionId, Set<Long> partitions, Set<Long> fields, int replicas)
      implements ServingChange {
    public Load {
      partitions = Set.copyOf(partitions);
      fields = Set.copyOf(fields);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.load(this);
    }
  }

  /** Releases a whole collection. */
  record Release(long collectionId) implements ServingChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.release(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Kinds<R> {
    R setIndexes(SetIndexes change);

    R dropIndexes(DropIndexes change);

    R load(Load change);

    R release(Release change);
  }
}
