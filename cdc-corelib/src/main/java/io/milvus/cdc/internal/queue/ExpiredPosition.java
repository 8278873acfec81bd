package io.milvus.cdc.internal.queue;

import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.event.Position;

/** Creates exceptions for messages that a task needs next and that the queue no longer has. */
public final class ExpiredPosition {
  private static final String START_OVER =
      "If the source's storage is set, resync everything: the task then starts over. ";

  private static final String CURE =
      START_OVER
          + "Or delete the task and the target's collections, restore the target from a backup"
          + " of the source, and start from that backup's positions. Or start a new task from"
          + " latest, if the gap does not matter.";

  private static final String OTHER_TOPIC =
      START_OVER
          + "Or delete the task and the target's collections, and start a new task. The topic was"
          + " created again or has lost its end.";

  private ExpiredPosition() {}

  /** Creates the exception for a message that the queue has deleted. */
  public static PositionExpiredException before(String topic, Position needed, Position first) {
    return new PositionExpiredException(
        ("Topic %s no longer holds message %s, which the task needs next. The first"
                + " message left is %s, and the messages between them are lost to the task.")
            .formatted(topic, needed, first),
        CURE);
  }

  /**
   * Creates the exception for a message that the queue has never had. The topic is not the topic
   * that the task has read.
   */
  public static PositionExpiredException behind(String topic, Position needed) {
    return new PositionExpiredException(
        ("Topic %s no longer holds message %s, which the task needs next: the topic ends"
                + " before that message.")
            .formatted(topic, needed),
        OTHER_TOPIC);
  }

  /**
   * Creates the exception for a message that another message has replaced. The topic is not the
   * topic that the task has read.
   */
  public static PositionExpiredException replaced(String topic, Position needed) {
    return new PositionExpiredException(
        ("Topic %s no longer holds message %s, which the task needs next: another "
                + "message has its place.")
            .formatted(topic, needed),
        OTHER_TOPIC);
  }

  /** Creates the exception for a message that the queue has deleted, with all before it. */
  public static PositionExpiredException gone(String topic, Position needed) {
    return new PositionExpiredException(
        ("Topic %s no longer holds message %s, which the task has read last: it has deleted all"
                + " messages up to there, and may have deleted later ones.")
            .formatted(topic, needed),
        CURE);
  }

  /** Creates the exception for lost messages between two messages that the queue still holds. */
  public static PositionExpiredException between(String topic, Position before, Position behind) {
    return new PositionExpiredException(
        ("Topic %s no longer returns the messages between %s and %s: the queue has skipped them as"
                + " unreadable.")
            .formatted(topic, before, behind),
        CURE);
  }
}
