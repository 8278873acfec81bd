package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.event.Position;

/** What a task is told whose next message is gone. */
final class ExpiredPosition {
  private ExpiredPosition() {}

  /** The queue has forgotten it. */
  static PositionExpiredException before(String topic, Position needed, Position first) {
    return new PositionExpiredException(
        ("Topic %s no longer holds message %s, which the task needs next; the first one left is %s."
                + " What was between is lost to the task: delete it and the target's collections,"
                + " bring the target to a backup of the source, and start from that backup's"
                + " positions; or start a new task from latest, if the gap does not matter.")
            .formatted(topic, needed, first));
  }

  /** The queue has never had it: it is not the one that the task has read. */
  static PositionExpiredException behind(String topic, Position needed, Position end) {
    return new PositionExpiredException(
        ("Topic %s no longer holds message %s, which the task needs next: it ends before %s. The"
                + " topic was made anew or has lost its end: delete the task and the target's"
                + " collections, and start a new task.")
            .formatted(topic, needed, end));
  }
}
