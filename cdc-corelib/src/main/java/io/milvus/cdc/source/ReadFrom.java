package io.milvus.cdc.source;

import io.milvus.cdc.event.Position;

/** Where a channel's reader begins. */
public sealed interface ReadFrom {
  /** At the first message that the queue still holds. */
  record Earliest() implements ReadFrom {}

  /** At the first message that arrives from now on. */
  record Latest() implements ReadFrom {}

  /** At this message or, where a durable subscription stands before it, there. */
  record Resume(Position position) implements ReadFrom {}

  /**
   * Where its durable subscription stands. Where there is none, at the first message that is held,
   * as the channel was not there when the task was made.
   */
  record Continue() implements ReadFrom {}

  /** At exactly this message. */
  record At(Position position) implements ReadFrom {}
}
