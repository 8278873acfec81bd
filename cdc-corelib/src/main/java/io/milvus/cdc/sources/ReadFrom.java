package io.milvus.cdc.sources;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Position;
import java.util.function.BiPredicate;

/** Determines the first message of a channel's reader. */
public sealed interface ReadFrom {
  /**
   * Begins at the first message that the queue still holds. The queue must hold the beginning of
   * all these collections.
   *
   * @param wanted whether a collection of a catalog is needed from its first message on
   */
  record Earliest(BiPredicate<Catalog, CollectionEntry> wanted) implements ReadFrom {
    /** Begins at the first message, with all collections. */
    public Earliest() {
      this((catalog, collection) -> true);
    }
  }

  /** Begins at the first message that arrives from now on. */
  record Latest() implements ReadFrom {}

  /** Begins at this message, which the task has read before and needs again. */
  record Resume(Position position) implements ReadFrom {}

  /**
   * Begins at the first message that is held, on a channel of which the task has read nothing so
   * far.
   *
   * @param wanted whether a collection of a catalog is needed from its first message on
   */
  record Continue(BiPredicate<Catalog, CollectionEntry> wanted) implements ReadFrom {}

  /** Begins at exactly this message. */
  record At(Position position) implements ReadFrom {}
}
