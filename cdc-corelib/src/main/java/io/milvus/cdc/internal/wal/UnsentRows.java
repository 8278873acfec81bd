package io.milvus.cdc.internal.wal;

import java.util.List;
import java.util.Set;

/** A change of rows that no message carries, or a request that concerns rows as a whole. */
public sealed interface UnsentRows extends WalChange {
  /** Calls the visitor's method for this kind. */
  <R> R accept(Kinds<R> kinds);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.unsentRows(this);
  }

  /**
   * Begins a bulk import. Each shard has a copy.
   *
   * @param jobId the id of the import, 0 if the message has none
   * @param files their names on the source
   */
  record Import(long jobId, long collectionId, Set<Long> partitions, List<String> files)
      implements UnsentRows {
    public Import {
      partitions = Set.copyOf(partitions);
      files = List.copyOf(files);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.imports(this);
    }
  }

  /** Ends a bulk import, whose rows can be seen or never will be (since 3.0). */
  record ImportEnd(long jobId, long collectionId, boolean committed) implements UnsentRows {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.importEnd(this);
    }
  }

  /**
   * Replaces rows by files: a restored snapshot, a new manifest or a refreshed external collection
   * (since 3.0).
   *
   * @param collections each as {@code database:collection}, as far as the message names them
   */
  record Replaced(WalType type, Set<String> collections) implements UnsentRows {
    public Replaced {
      collections = Set.copyOf(collections);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.replaced(this);
    }
  }

  /**
   * Flushes a collection. Each shard has a message.
   *
   * @param upTo hybrid timestamp of the last row to be flushed
   */
  record Flush(long collectionId, long upTo) implements UnsentRows {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.flush(this);
    }
  }

  /** Flushes all collections. Each physical channel has a copy. */
  record FlushAll() implements UnsentRows {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.flushAll(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Kinds<R> {
    R imports(Import change);

    R importEnd(ImportEnd change);

    R replaced(Replaced change);

    R flush(Flush change);

    R flushAll(FlushAll change);
  }
}
