package io.milvus.cdc.targets.pulsar;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.targets.events.EventSettings;

/** Holds the settings of a Pulsar target. */
record PulsarTargetSettings(PulsarEndpoint endpoint, EventSettings events) {

  @Override
  public String toString() {
    return "%s, topic %s".formatted(endpoint, events.topic());
  }
}
