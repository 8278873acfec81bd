package io.milvus.cdc.internal.queue.pulsar;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.ConsumerBuilder;
import org.apache.pulsar.client.api.PulsarClientException;
import org.jspecify.annotations.Nullable;

/**
 * Holds a consumer from the moment it is requested. A consumer that is no longer awaited still gets
 * its subscription, and must be closed.
 */
final class PulsarSubscription {
  /** A consumer that reconnects for longer has lost its broker, too. */
  private static final long RECONNECTING = TimeUnit.SECONDS.toNanos(1);

  private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

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

  /** Returns the consumer. Call it after {@link #await}. */
  Consumer<byte[]> consumer() {
    return subscribing.join();
  }

  /** Sets a callback for the close, which runs even if the broker is not informed. */
  synchronized void onClose(Runnable done) {
    whenClosed = done;
  }

  /**
   * Completes when the broker has released the consumer. A second call must not complete before the
   * first, as the client's own method does.
   */
  synchronized CompletableFuture<Void> close() {
    if (closing == null) {
      closing =
          subscribing
              .thenCompose(consumer -> closeOnceConnected(consumer, System.nanoTime()))
              .exceptionally(gone -> null)
              .whenComplete((closed, never) -> whenClosed.run());
    }
    return closing;
  }

  /**
   * Closes a consumer that is connected. A seek disconnects it, and the client soon reconnects it.
   * If it is closed meanwhile, the client cuts the connection of all consumers (Pulsar 4.0
   * ConsumerImpl.connectionOpened).
   */
  private static CompletableFuture<Void> closeOnceConnected(Consumer<byte[]> consumer, long since) {
    if (consumer.isConnected() || System.nanoTime() - since > RECONNECTING) {
      return consumer.closeAsync();
    }
    return CompletableFuture.supplyAsync(() -> consumer, SOON)
        .thenCompose(same -> closeOnceConnected(same, since));
  }
}
