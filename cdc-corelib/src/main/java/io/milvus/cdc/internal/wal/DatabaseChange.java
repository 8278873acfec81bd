package io.milvus.cdc.internal.wal;

import java.util.Map;
import java.util.Set;

/** A change of a database. On the control channel only. */
public sealed interface DatabaseChange extends WalChange {
  /** Returns the id of the database. */
  long databaseId();

  /** Calls the visitor's method for this kind. */
  <R> R accept(Kinds<R> kinds);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.database(this);
  }

  /** Creates a database. */
  record Create(long databaseId, String name, Map<String, String> properties)
      implements DatabaseChange {
    public Create {
      properties = Map.copyOf(properties);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.create(this);
    }
  }

  /**
   * Replaces all properties of a database.
   *
   * @param reloaded the loaded collections that have another number of copies from now on
   * @param replicas that number
   */
  record Alter(long databaseId, Map<String, String> properties, Set<Long> reloaded, int replicas)
      implements DatabaseChange {
    public Alter {
      properties = Map.copyOf(properties);
      reloaded = Set.copyOf(reloaded);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.alter(this);
    }
  }

  /** Drops a database. */
  record Drop(long databaseId) implements DatabaseChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.drop(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Kinds<R> {
    R create(Create change);

    R alter(Alter change);

    R drop(Drop change);
  }
}
