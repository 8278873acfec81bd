package io.milvus.cdc.internal.pulsar;

import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.PulsarClientSharedResources;
import org.apache.pulsar.client.api.PulsarClientSharedResources.SharedResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a client, and the clock of its timeouts and retries. The client's own clock ticks a
 * thousand times a second. In an idle process, that costs more than all reads.
 */
public record OpenPulsar(PulsarClient client, PulsarClientSharedResources clock) {
  private static final Logger LOG = LoggerFactory.getLogger(OpenPulsar.class);
  private static final int TICK_MILLIS = 50;

  static PulsarClientSharedResources slowClock() {
    return PulsarClientSharedResources.builder()
        .resourceTypes(SharedResource.Timer)
        .configureTimer(
            timer -> timer.name("pulsar-timer").tickDuration(TICK_MILLIS, TimeUnit.MILLISECONDS))
        .build();
  }

  /** Begins to close the client, whose threads need seconds to end. */
  public void closeAsync() {
    var unused = client.closeAsync().whenComplete((done, failure) -> stop());
  }

  private void stop() {
    try {
      clock.close();
    } catch (PulsarClientException e) {
      LOG.debug("A client's clock still runs", e);
    }
  }
}
