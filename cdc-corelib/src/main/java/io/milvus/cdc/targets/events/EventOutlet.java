package io.milvus.cdc.targets.events;

import java.util.Collection;
import java.util.List;

/**
 * A queue that a session puts events into. For one thread. Every method may throw {@link
 * io.milvus.cdc.error.RetriableException}; the outlet is closed then.
 */
public interface EventOutlet extends AutoCloseable {
  /** What is out, as the last {@link #commit} of any session of the task said. */
  Place place();

  /** How large a message may be. */
  int limit();

  /** Sends messages to where their keys lead. What is sent is out with the next {@link #commit}. */
  void send(Table table, List<EventMessage> messages) throws InterruptedException;

  /**
   * Sends one message to every partition.
   *
   * @param concerned the collections whose topics, if they have their own, take it, beside the
   *     common one
   */
  void broadcast(EventMessage message, Collection<Table> concerned) throws InterruptedException;

  /**
   * Returns when everything that was sent is out and, where the queue can keep it, {@code place}
   * with it: both or none of them.
   */
  void commit(Place place) throws InterruptedException;

  @Override
  void close();
}
