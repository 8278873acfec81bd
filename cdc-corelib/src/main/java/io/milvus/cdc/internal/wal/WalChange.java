package io.milvus.cdc.internal.wal;

/** A change of anything but rows, as a message of the log describes it. */
public sealed interface WalChange
    permits CollectionChange,
        DatabaseChange,
        AliasChange,
        ServingChange,
        AccessChange,
        UnsentRows,
        ClusterChange {
  /** Calls the visitor's method for this family. */
  <R> R accept(Visitor<R> visitor);

  /** Handles each family by a method of its own. R is the type that its methods return. */
  interface Visitor<R> {
    R collection(CollectionChange change);

    R database(DatabaseChange change);

    R alias(AliasChange change);

    R serving(ServingChange change);

    R access(AccessChange change);

    R unsentRows(UnsentRows change);

    R cluster(ClusterChange change);
  }
}
