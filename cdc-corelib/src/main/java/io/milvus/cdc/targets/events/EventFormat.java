package io.milvus.cdc.targets.events;

import java.util.List;

/** Writes events as messages of a queue. Immutable. Thread-safe. */
public sealed interface EventFormat permits CloudEvents, Debezium {
  /**
   * Returns CloudEvents 1.0 in structured JSON: the message's value holds everything. Its methods
   * select other modes.
   */
  static CloudEvents cloudEvents() {
    return CloudEvents.STRUCTURED;
  }

  /** Returns the format of Debezium's connectors, for consumers that know it. */
  static Debezium debezium() {
    return Debezium.PLAIN;
  }

  /**
   * Returns the messages of an event, in order.
   *
   * @param source the value of the event's {@code source}
   * @throws IllegalArgumentException if the format cannot represent a value of a row
   * @throws java.io.UncheckedIOException if a row is damaged
   */
  List<EventMessage> encode(StreamEvent event, String source);

  /** Returns whether the topic of a collection has only its rows. */
  boolean rowsApart();
}
