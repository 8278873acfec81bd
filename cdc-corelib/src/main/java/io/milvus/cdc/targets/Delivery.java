package io.milvus.cdc.targets;

import java.util.List;

/**
 * Holds a round that is ready to be sent. While it is open, no task sends anything else to the same
 * channels. Close it soon, sent or not.
 */
public interface Delivery extends AutoCloseable {
  /**
   * Returns the highest timestamp that sending assigns. A ceiling at or above it must be stored
   * first.
   */
  long highestTimestamp();

  /**
   * Sends all rows. Returns when the target has acknowledged or rejected each of them; blocks for
   * that long. A rejected row affects neither the order nor the other rows. Call this at most once.
   * A target may hold rows back until {@link TargetSession#advance}, which always follows; the
   * checkpoint covers none of them before.
   *
   * @return the rejected rows
   */
  List<Refused> send() throws InterruptedException;

  /**
   * Returns the number of messages that were restamped: sent with a later timestamp than their own.
   */
  default long restamped() {
    return 0;
  }

  @Override
  void close();
}
