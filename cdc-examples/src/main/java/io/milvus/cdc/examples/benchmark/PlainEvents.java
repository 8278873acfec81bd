package io.milvus.cdc.examples.benchmark;

import java.util.List;

/**
 * A plain client of a queue that carries events, with the settings that CDC's has.
 *
 * @param <E> an event as the queue's own client returns it
 */
interface PlainEvents<E> extends AutoCloseable {
  /** Reads the first events of a topic. */
  List<E> read(String topic, int count);

  int size(E event);

  /**
   * Writes events to a new topic, again and again, until there are so many; returns at what rate
   * they were acknowledged, a second.
   */
  double write(String topic, List<E> events, long count);

  @Override
  void close();
}
