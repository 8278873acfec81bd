package io.milvus.cdc.targets.pulsar;

import io.milvus.cdc.internal.pulsar.PulsarConnection;
import io.milvus.cdc.targets.events.EventSettings;

/** Where and how events are told. */
record PulsarTargetSettings(PulsarConnection connection, EventSettings events) {

  @Override
  public String toString() {
    return "%s, topic %s".formatted(connection.name(), events.topic());
  }
}
