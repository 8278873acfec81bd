package io.milvus.cdc.internal.queue.pulsar;

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
  private volatile Runnable whenClosed = () -> {};

  PulsarSubscription(ConsumerBuilder<byte[]> builder) {
    subscribing = builder.subscribeAsync();
  }

  void await(long seconds) throws PulsarClientException, InterruptedException, TimeoutException {
    try {
      subscribing.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw PulsarClientException.unwrap(e);
    }
  }

  /** Returns the consumer; after {@link #await}. */
  Consumer<byte[]> consumer() {
    return subscribing.join();
  }

  /** Calls this when it is closed, whether the broker has heard of it or not. */
  synchronized void onClose(Runnable done) {
    whenClosed = done;
  }

  /**
   * Completes when the broker has let it go. Closing a second time must not look done before the
   * first is, as it does with the client's own method.
   */
  synchronized CompletableFuture<Void> close() {
    if (closing == null) {
      closing =
          subscribing
              .thenCompose(Consumer::closeAsync)
              .exceptionally(gone -> null)
              .whenComplete((closed, never) -> whenClosed.run());
    }
    return closing;
  }
}
