package io.milvus.cdc.targets.events;

import java.util.Collection;
import java.util.List;

/**
 * Sends events to a queue. For one thread. Every method may throw {@link
 * io.milvus.cdc.error.RetriableException}; the outlet is closed then. Methods that may throw {@link
 * InterruptedException} block for as long as the queue does not accept messages.
 */
public interface EventOutlet extends AutoCloseable {
  /** Returns the progress that the last {@link #commit} of any session of the task stored. */
  Place place();

  /** Returns the largest number of bytes of a message. */
  int limit();

  /** Sends messages to the partitions of their keys. The next {@link #commit} completes them. */
  void send(Table table, List<EventMessage> messages) throws InterruptedException;

  /**
   * Sends one message to every partition.
   *
   * @param concerned the collections whose own topics, if they have any, receive the message in
   *     addition to the common topic
   */
  void broadcast(EventMessage message, Collection<Table> concerned) throws InterruptedException;

  /**
   * Returns when every message that was sent is stored in the queue. If the queue can store {@code
   * place}, it stores both or neither.
   */
  void commit(Place place) throws InterruptedException;

  @Override
  void close();
}
