package io.milvus.cdc.internal.pulsar;

import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.PulsarClientSharedResources;
import org.apache.pulsar.client.api.PulsarClientSharedResources.SharedResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client, and the clock that tells it when to give up or to try again. The client's own looks a
 * thousand times a second, which costs a process at rest more than all that it reads.
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

  /** Begins to close the client, whose threads take seconds to end. */
  public void closeAsync() {
    var unused = client.closeAsync().whenComplete((done, failure) -> stop());
  }

  private void stop() {
    try {
      clock.close();
    } catch (PulsarClientException e) {
      LOG.debug("A client's clock goes on", e);
    }
  }
}
