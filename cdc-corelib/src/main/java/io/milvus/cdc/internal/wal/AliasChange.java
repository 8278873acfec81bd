package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.AliasName;

/** A change of an alias. On the control channel only. */
public sealed interface AliasChange extends WalChange {
  /** Returns the alias. */
  AliasName alias();

  /** Calls the visitor's method for this kind. */
  <R> R accept(Kinds<R> kinds);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.alias(this);
  }

  /** Creates an alias, or moves it to another collection. */
  record Set(AliasName alias, long collectionId) implements AliasChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.set(this);
    }
  }

  /** Drops an alias. */
  record Drop(AliasName alias) implements AliasChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.drop(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Kinds<R> {
    R set(Set change);

    R drop(Drop change);
  }
}
