package io.milvus.cdc.examples.testbed.benchmark;

import java.util.List;

/**
 * Represents a plain client of a queue that carries events, with the same settings as CDC's client.
 *
 * @param <E> an event as the queue's own client returns it
 */
interface PlainEvents<E> extends AutoCloseable {
  /** Reads the first events of a topic. */
  List<E> read(String topic, int count);

  int size(E event);

  /**
   * Writes events to a new topic, repeatedly, until {@code count} are written. Returns the
   * acknowledged events per second.
   */
  double write(String topic, List<E> events, long count);

  @Override
  void close();
}
