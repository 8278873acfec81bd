package io.milvus.cdc.sources;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Position;
import java.util.function.BiPredicate;

/** Where a channel's reader begins. */
public sealed interface ReadFrom {
  /**
   * At the first message that the queue still holds, which must hold all of these collections.
   *
   * @param wanted whether a collection of a catalog is needed from its first message on
   */
  record Earliest(BiPredicate<Catalog, CollectionEntry> wanted) implements ReadFrom {
    /** At the first message, with all collections. */
    public Earliest() {
      this((catalog, collection) -> true);
    }
  }

  /** At the first message that arrives from now on. */
  record Latest() implements ReadFrom {}

  /** At this message, which the task has read before and needs again. */
  record Resume(Position position) implements ReadFrom {}

  /**
   * At the first message that is held, on a channel of which the task has read nothing so far.
   *
   * @param wanted whether a collection of a catalog is needed from its first message on
   */
  record Continue(BiPredicate<Catalog, CollectionEntry> wanted) implements ReadFrom {}

  /** At exactly this message. */
  record At(Position position) implements ReadFrom {}
}
