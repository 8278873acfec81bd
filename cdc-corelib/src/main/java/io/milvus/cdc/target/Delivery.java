package io.milvus.cdc.target;

/**
 * A round that is ready to be sent. While it is open, nothing else is sent where it goes, by
 * whichever task; so it is closed soon, sent or not.
 */
public interface Delivery extends AutoCloseable {
  /**
   * The highest timestamp that sending gives to anything. A ceiling at or above it must be stored
   * first.
   */
  long highest();

  /** Sends all rows; returns when the target has acknowledged every one. At most once. */
  void send() throws InterruptedException;

  @Override
  void close();
}
