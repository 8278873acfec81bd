package io.milvus.cdc.source;

import io.milvus.cdc.event.Position;

/** Where a channel's reader begins. */
public sealed interface ReadFrom {
  /** At the first message that the queue still holds. */
  record Earliest() implements ReadFrom {}

  /** At the first message that arrives from now on. */
  record Latest() implements ReadFrom {}

  /** At this message, which the task has read before and needs again. */
  record Resume(Position position) implements ReadFrom {}

  /**
   * At the first message that is held, on a channel of which the task has read nothing so far.
   *
   * @param since nothing of collections that were created at this hybrid timestamp or before is
   *     needed
   */
  record Continue(long since) implements ReadFrom {}

  /** At exactly this message. */
  record At(Position position) implements ReadFrom {}
}
