package io.milvus.cdc.target.pulsar;

import io.milvus.cdc.pulsar.PulsarConnection;
import io.milvus.cdc.target.events.EventSettings;

/** Where and how events are told. */
record PulsarTargetSettings(PulsarConnection connection, EventSettings events) {

  @Override
  public String toString() {
    return "%s, topic %s".formatted(connection.name(), events.topic());
  }
}
