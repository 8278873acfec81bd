package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessName;

/**
 * A change of users, roles or privilege groups. On the control channel only.
 *
 * <p>The log holds no password, but hashes of it. A change retains only a mark of them.
 */
public sealed interface AccessChange extends WalChange {
  /** Calls the visitor's method for this kind. */
  <R> R accept(Kinds<R> kinds);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.access(this);
  }

  /** Adds entries, and contents to those of the same names. */
  record Add(Access added) implements AccessChange {
    static Add of(AccessEntry entry) {
      return new Add(Access.NONE.with(entry));
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.add(this);
    }
  }

  /** Creates a user, or replaces the mark of its password. */
  record SetPassword(String user, String mark) implements AccessChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.setPassword(this);
    }
  }

  /** Removes the contents of an entry: grants, roles or privileges. The entry stays. */
  record Remove(AccessEntry removed) implements AccessChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.remove(this);
    }
  }

  /** Drops an entry. Users lose a dropped role. */
  record Drop(AccessName name) implements AccessChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.drop(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Kinds<R> {
    R add(Add change);

    R setPassword(SetPassword change);

    R remove(Remove change);

    R drop(Drop change);
  }
}
