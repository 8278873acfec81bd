package io.milvus.cdc.target.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A queue in memory, with transactions, or without. */
final class RecordingOutlet implements EventOutlet {
  static final int LIMIT = 20_000;

  /** What every session of a task shares. */
  static final class Queue {
    final boolean transactions;
    final List<EventMessage> out = new ArrayList<>();
    Place place = Place.NONE;

    Queue(boolean transactions) {
      this.transactions = transactions;
    }
  }

  private final Queue queue;
  private final List<EventMessage> pending = new ArrayList<>();

  RecordingOutlet(Queue queue) {
    this.queue = queue;
  }

  @Override
  public Place place() {
    return queue.place;
  }

  @Override
  public int limit() {
    return LIMIT;
  }

  @Override
  public void send(Table table, List<EventMessage> messages) {
    (queue.transactions ? pending : queue.out).addAll(messages);
  }

  @Override
  public void broadcast(EventMessage message, Collection<Table> concerned) {
    (queue.transactions ? pending : queue.out).add(message);
  }

  @Override
  public void commit(Place reached) {
    queue.out.addAll(pending);
    pending.clear();
    if (queue.transactions) {
      queue.place = Place.parse(reached.text());
    }
  }

  @Override
  public void close() {
    pending.clear();
  }
}
