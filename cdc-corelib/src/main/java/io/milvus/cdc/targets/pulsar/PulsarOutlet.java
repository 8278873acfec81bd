package io.milvus.cdc.targets.pulsar;

import io.milvus.cdc.internal.pulsar.OpenPulsar;
import io.milvus.cdc.internal.pulsar.PulsarConnection;
import io.milvus.cdc.targets.events.EventMessage;
import io.milvus.cdc.targets.events.EventOutlet;
import io.milvus.cdc.targets.events.Place;
import io.milvus.cdc.targets.events.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pulsar.client.api.CompressionType;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.TypedMessageBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to Pulsar's topics. They store no progress: events since the last checkpoint are
 * sent again.
 *
 * <p>A topic's partitions are opened one by one, so that one message can be sent to each of them.
 */
final class PulsarOutlet implements EventOutlet {
  private static final Logger LOG = LoggerFactory.getLogger(PulsarOutlet.class);
  private static final int MEGABYTES = 32;
  private static final int CLOSE_SECONDS = 3;
  private static final int SECONDS = PulsarConnection.OPERATION_SECONDS;

  private final PulsarTargetSettings settings;
  private final WriteRefusal refusal;
  private final String name;
  private final OpenPulsar pulsar;

  /** The producers of each topic's partitions, in their order. */
  private final Map<String, List<Producer<byte[]>>> producers = new HashMap<>();

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private PulsarOutlet(PulsarTargetSettings settings, String name, OpenPulsar pulsar) {
    this.settings = settings;
    this.refusal = new WriteRefusal(settings);
    this.name = name;
    this.pulsar = pulsar;
  }

  /** Opens an outlet, and fails if the common topic cannot be written. */
  static PulsarOutlet open(PulsarTargetSettings settings, String name) throws InterruptedException {
    PulsarOutlet outlet =
        new PulsarOutlet(settings, name, new PulsarConnection(settings.endpoint()).open(MEGABYTES));
    boolean done = false;
    try {
      outlet.producers(settings.events().topic());
      done = true;
      return outlet;
    } finally {
      if (!done) {
        outlet.close();
      }
    }
  }

  @Override
  public Place place() {
    return Place.NONE;
  }

  @Override
  public int limit() {
    return settings.events().largest();
  }

  @Override
  public void send(Table table, List<EventMessage> messages) throws InterruptedException {
    List<Producer<byte[]>> partitions = producers(settings.events().topicOf(table));
    for (EventMessage message : messages) {
      int partition = Math.floorMod(message.key().hashCode(), partitions.size());
      send(partitions.get(partition), message);
    }
  }

  @Override
  public void broadcast(EventMessage message, Collection<Table> concerned)
      throws InterruptedException {
    Set<String> topics = new LinkedHashSet<>();
    topics.add(settings.events().topic());
    concerned.forEach(table -> topics.add(settings.events().topicOf(table)));
    for (String topic : topics) {
      for (Producer<byte[]> partition : producers(topic)) {
        send(partition, message);
      }
    }
  }

  private void send(Producer<byte[]> producer, EventMessage message) {
    TypedMessageBuilder<byte[]> builder =
        producer.newMessage().key(message.key()).properties(message.headers());
    var unused =
        builder
            .value(message.value())
            .sendAsync()
            .whenComplete(
                (id, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                });
  }

  private List<Producer<byte[]>> producers(String topic) throws InterruptedException {
    List<Producer<byte[]>> known = producers.get(topic);
    if (known != null) {
      return known;
    }
    List<Producer<byte[]>> opened = new ArrayList<>();
    producers.put(topic, opened);
    for (String partition : await(pulsar.client().getPartitionsForTopic(topic, true))) {
      opened.add(
          await(
              pulsar
                  .client()
                  .newProducer()
                  .topic(partition)
                  // The name is in use while an older session of the task lives, which must not
                  // continue.
                  .producerName(name)
                  .compressionType(CompressionType.LZ4)
                  .blockIfQueueFull(true)
                  .maxPendingMessages(0)
                  .sendTimeout(2 * SECONDS, TimeUnit.SECONDS)
                  .createAsync()));
    }
    return opened;
  }

  private <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(2L * SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw refusal.exception(e);
    }
  }

  @Override
  public void commit(Place reached) throws InterruptedException {
    for (List<Producer<byte[]>> partitions : producers.values()) {
      for (Producer<byte[]> partition : partitions) {
        try {
          partition.flushAsync().get(3L * SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
          failure.compareAndSet(null, e);
        }
      }
    }
    Throwable first = failure.get();
    if (first != null) {
      throw refusal.exception(first);
    }
  }

  /**
   * Waits until the broker has released the producers, so that the next session can use their
   * names. Does not wait for the client's own threads, which take seconds to end.
   */
  @Override
  public void close() {
    CompletableFuture<?>[] closing =
        producers.values().stream()
            .flatMap(List::stream)
            .map(Producer::closeAsync)
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(closing).get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Producers are left to the broker to notice", e);
    }
    pulsar.closeAsync();
  }
}
