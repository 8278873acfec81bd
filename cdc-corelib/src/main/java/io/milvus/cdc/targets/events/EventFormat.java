package io.milvus.cdc.targets.events;

import java.util.List;

/** How events are written. Immutable; for any thread. */
public sealed interface EventFormat permits CloudEvents, Debezium {
  /**
   * CloudEvents 1.0 in structured JSON: everything is in the message's value. What may be chosen is
   * said there.
   */
  static CloudEvents cloudEvents() {
    return CloudEvents.STRUCTURED;
  }

  /** What Debezium's connectors write of rows, for consumers that know that. */
  static Debezium debezium() {
    return Debezium.PLAIN;
  }

  /**
   * The messages of an event, in order.
   *
   * @param source what the event's {@code source} names
   * @throws IllegalArgumentException or {@link java.io.UncheckedIOException} where a row is damaged
   *     or holds what the format cannot say
   */
  List<EventMessage> encode(ChangeEvent event, String source);

  /** Whether the topic of a collection has nothing but its rows. */
  boolean rowsApart();
}
