package io.milvus.cdc.source.mq;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.ConsumerBuilder;
import org.apache.pulsar.client.api.PulsarClientException;
import org.jspecify.annotations.Nullable;

/**
 * A consumer from the moment it is asked for: one that nobody waits for any longer still gets its
 * subscription, and has to be let go.
 */
final class PulsarSubscription {
  private final CompletableFuture<Consumer<byte[]>> subscribing;
  private @Nullable CompletableFuture<Void> closing;

  PulsarSubscription(ConsumerBuilder<byte[]> builder) {
    subscribing = builder.subscribeAsync();
  }

  Consumer<byte[]> await(long seconds)
      throws PulsarClientException, InterruptedException, TimeoutException {
    try {
      return subscribing.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw PulsarClientException.unwrap(e);
    }
  }

  /**
   * Completes when the broker has let it go. Closing a second time must not look done before the
   * first is, as it does with the client's own method.
   */
  synchronized CompletableFuture<Void> close() {
    if (closing == null) {
      closing = subscribing.thenCompose(Consumer::closeAsync).exceptionally(gone -> null);
    }
    return closing;
  }
}
