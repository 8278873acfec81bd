package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.pulsar.OpenPulsar;
import io.milvus.cdc.pulsar.PulsarConnection;
import io.milvus.cdc.source.ReadFrom;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.ConsumerBuilder;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.Reader;
import org.apache.pulsar.client.api.SubscriptionInitialPosition;
import org.apache.pulsar.client.api.SubscriptionMode;
import org.apache.pulsar.client.api.SubscriptionType;
import org.apache.pulsar.client.impl.PulsarClientImpl;
import org.apache.pulsar.common.api.proto.CommandGetTopicsOfNamespace;
import org.apache.pulsar.common.naming.NamespaceName;
import org.apache.pulsar.common.naming.TopicName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads Pulsar topics through durable subscriptions, which pin what is not acknowledged yet. */
public final class PulsarQueue implements MessageQueue {
  private static final Logger LOG = LoggerFactory.getLogger(PulsarQueue.class);
  private static final int OPERATION_SECONDS = PulsarConnection.OPERATION_SECONDS;

  private static final int CLOSE_SECONDS = 3;

  private static final int BUSY_MILLIS = 100;

  /** Messages that wait in the client are outside the engine's byte budget, so there are few. */
  private static final int RECEIVER_QUEUE = 200;

  private static final int RECEIVER_MEGABYTES = 32;

  private final PulsarSettings settings;
  private final OpenPulsar pulsar;
  private final PulsarClient client;
  private final Queue<PulsarSubscription> subscriptions = new ConcurrentLinkedQueue<>();

  private final boolean owner;

  private PulsarQueue(PulsarSettings settings, OpenPulsar pulsar, boolean owner) {
    this.settings = settings;
    this.pulsar = pulsar;
    this.client = pulsar.client();
    this.owner = owner;
  }

  /** Connects lazily: the first operation tells whether the address is right. */
  public static PulsarQueue connect(PulsarSettings settings) {
    return new PulsarQueue(settings, settings.connection().open(RECEIVER_MEGABYTES), true);
  }

  @Override
  public MessageQueue share() {
    return new PulsarQueue(settings, pulsar, false);
  }

  /** A lookup, which unlike the listing of topics fails with the reason, and at the first try. */
  @Override
  public void checkAccess(String topic) {
    try {
      var unused =
          ((PulsarClientImpl) client)
              .getLookup()
              .getBroker(TopicName.get(fullName(topic)))
              .get(OPERATION_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw interrupted("looking up topic " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      if (!PulsarReadRefusal.isAboutTheTopic(e)) {
        throw new RetriableException(PulsarReadRefusal.message(settings, e), e);
      }
    }
  }

  @Override
  public Set<String> topics() {
    NamespaceName namespace = NamespaceName.get(settings.tenant(), settings.namespace());
    try {
      return ((PulsarClientImpl) client)
              .getLookup()
              .getTopicsUnderNamespace(
                  namespace, CommandGetTopicsOfNamespace.Mode.PERSISTENT, null, null)
              .get(OPERATION_SECONDS, TimeUnit.SECONDS)
              .getTopics()
              .stream()
              .map(topic -> TopicName.get(topic).getLocalName())
              .collect(Collectors.toSet());
    } catch (InterruptedException e) {
      throw interrupted("listing the topics of " + namespace, e);
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable("list the topics of " + namespace, e);
    }
  }

  /** By readers, whose subscriptions end with them. */
  @Override
  public Map<String, Held> held(Collection<String> topics) {
    Map<String, Held> held = new HashMap<>();
    for (String topic : topics) {
      Position first = firstOf(topic);
      if (first != null) {
        held.put(topic, new Held(first, null));
      }
    }
    return held;
  }

  private @Nullable Position firstOf(String topic) {
    try (Reader<byte[]> reader =
        client
            .newReader()
            .topic(fullName(topic))
            .startMessageId(MessageId.earliest)
            .receiverQueueSize(1)
            .create()) {
      Message<byte[]> first =
          reader.hasMessageAvailable()
              ? reader.readNext(OPERATION_SECONDS, TimeUnit.SECONDS)
              : null;
      return first == null ? null : PulsarPositions.of(first.getMessageId());
    } catch (IOException e) {
      throw unreachable("read topic " + topic, e);
    }
  }

  @Override
  public QueueReader open(
      String topic, String subscription, ReadFrom from, @Nullable Position mustHold) {
    PulsarSubscription fresh =
        new PulsarSubscription(
            consumer(topic, subscription)
                .subscriptionInitialPosition(
                    from instanceof ReadFrom.Latest
                        ? SubscriptionInitialPosition.Latest
                        : SubscriptionInitialPosition.Earliest));
    subscriptions.add(fresh);
    try {
      Consumer<byte[]> consumer = fresh.await(OPERATION_SECONDS);
      if (from instanceof ReadFrom.Earliest) {
        consumer.seek(MessageId.earliest);
      } else if (from instanceof ReadFrom.Latest) {
        consumer.seek(MessageId.latest);
      } else if (from instanceof ReadFrom.At at) {
        consumer.seek(PulsarPositions.idOf(at.position()));
      }
      boolean pinned = from instanceof ReadFrom.Continue;
      return new PulsarReader(topic, fresh, consumer, pinned ? null : mustHold);
    } catch (InterruptedException e) {
      throw interrupted("opening topic " + topic, e);
    } catch (PulsarClientException | TimeoutException e) {
      throw unreachable("read topic " + topic, e);
    }
  }

  /** Its cursor is in the broker's memory, and gone with the connection. */
  @Override
  public QueueReader listen(String topic, boolean fromStart) {
    PulsarSubscription fresh =
        new PulsarSubscription(
            consumer(topic, "milvus-cdc-" + UUID.randomUUID())
                .subscriptionMode(SubscriptionMode.NonDurable)
                .subscriptionInitialPosition(SubscriptionInitialPosition.Latest));
    boolean begun = false;
    try {
      Consumer<byte[]> consumer = fresh.await(OPERATION_SECONDS);
      if (fromStart) {
        consumer.seek(MessageId.earliest);
      }
      begun = true;
      return new PulsarReader(topic, fresh, consumer, null);
    } catch (InterruptedException e) {
      throw interrupted("opening topic " + topic, e);
    } catch (PulsarClientException | TimeoutException e) {
      throw unreachable("read topic " + topic, e);
    } finally {
      if (!begun) {
        var unused = fresh.close();
      }
    }
  }

  private ConsumerBuilder<byte[]> consumer(String topic, String subscription) {
    return client
        .newConsumer()
        .topic(fullName(topic))
        .subscriptionName(subscription)
        .subscriptionType(SubscriptionType.Exclusive)
        .startMessageIdInclusive()
        .receiverQueueSize(RECEIVER_QUEUE)
        .autoScaledReceiverQueueSizeEnabled(true);
  }

  private String fullName(String topic) {
    return "persistent://%s/%s/%s".formatted(settings.tenant(), settings.namespace(), topic);
  }

  @Override
  public void unsubscribe(Collection<String> topics, String subscription) {
    topics.forEach(topic -> unsubscribe(topic, subscription));
  }

  private void unsubscribe(String topic, String subscription) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(OPERATION_SECONDS);
    try {
      while (!triedToUnsubscribe(topic, subscription, deadline)) {
        Thread.sleep(BUSY_MILLIS);
      }
    } catch (InterruptedException e) {
      throw interrupted("removing subscription %s of topic %s".formatted(subscription, topic), e);
    } catch (PulsarClientException e) {
      throw unreachable("remove subscription %s of topic %s".formatted(subscription, topic), e);
    }
  }

  /** False while the broker still sees the consumer of a session that has just ended. */
  private boolean triedToUnsubscribe(String topic, String subscription, long deadline)
      throws PulsarClientException {
    try (Consumer<byte[]> consumer = consumer(topic, subscription).subscribe()) {
      consumer.unsubscribe();
      return true;
    } catch (PulsarClientException.ConsumerBusyException e) {
      if (System.nanoTime() > deadline) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public Position positionOf(byte[] milvusMessageId) {
    return PulsarPositions.of(milvusMessageId);
  }

  @Override
  public int compare(Position a, Position b) {
    return PulsarPositions.idOf(a).compareTo(PulsarPositions.idOf(b));
  }

  private static RetriableException interrupted(String doing, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RetriableException("Interrupted while " + doing, e);
  }

  private RetriableException unreachable(String what, Exception e) {
    Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
    return new RetriableException(
        "Pulsar at %s did not let us %s: %s".formatted(settings.serviceUrl(), what, cause), e);
  }

  /**
   * Waits until the broker has let the consumers go, so that the next session finds their
   * subscriptions free, but not for the client's own threads, which take seconds to end.
   */
  @Override
  public void close() {
    CompletableFuture<?>[] closing =
        subscriptions.stream().map(PulsarSubscription::close).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(closing).get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Consumers are left to the broker to notice", e);
    }
    if (owner) {
      pulsar.closeAsync();
    }
  }
}
