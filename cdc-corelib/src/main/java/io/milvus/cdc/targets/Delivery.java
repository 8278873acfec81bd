package io.milvus.cdc.targets;

import java.util.List;

/**
 * A round that is ready to be sent. While it is open, nothing else is sent where it goes, by
 * whichever task; so it is closed soon, sent or not.
 */
public interface Delivery extends AutoCloseable {
  /**
   * The highest timestamp that sending gives to anything. A ceiling at or above it must be stored
   * first.
   */
  long highestTimestamp();

  /**
   * Sends all rows; returns when the target has acknowledged every one, or refused it for good.
   * What is refused disturbs neither the order nor the other rows. At most once. A target may keep
   * rows back until {@link TargetSession#advance}, which always follows: the checkpoint covers none
   * of them before.
   *
   * @return what was refused
   */
  List<Refused> send() throws InterruptedException;

  /** How many messages were sent with a later timestamp than their own. */
  default long restamped() {
    return 0;
  }

  @Override
  void close();
}
