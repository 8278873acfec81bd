package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.pulsar.OpenPulsar;
import io.milvus.cdc.internal.pulsar.PulsarConnection;
import io.milvus.cdc.internal.queue.Held;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Retained;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.SubscriptionInitialPosition;
import org.apache.pulsar.client.api.SubscriptionType;
import org.apache.pulsar.client.impl.LookupTopicResult;
import org.apache.pulsar.client.impl.PulsarClientImpl;
import org.apache.pulsar.common.api.proto.CommandGetTopicsOfNamespace;
import org.apache.pulsar.common.naming.NamespaceName;
import org.apache.pulsar.common.naming.TopicName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads Pulsar topics, and retains unacknowledged messages by durable subscriptions. */
public final class PulsarQueue implements MessageQueue {
  private static final Logger LOG = LoggerFactory.getLogger(PulsarQueue.class);
  private static final int OPERATION_SECONDS = PulsarConnection.OPERATION_SECONDS;

  private static final int CLOSE_SECONDS = 3;

  private static final int BUSY_MILLIS = 100;

  private static final int RECEIVER_MEGABYTES = 32;

  /** The topic of a lookup. A lookup does not create it. */
  private static final String SOME_TOPIC = "milvus-cdc";

  private final PulsarSettings settings;
  private final PulsarReadRefusal refusal;
  private final OpenPulsar pulsar;
  private final PulsarClient client;
  private final PulsarAdministration administration;
  private final PulsarPartitions partitions;
  private final Set<PulsarSubscription> subscriptions = ConcurrentHashMap.newKeySet();

  private final boolean owner;

  private PulsarQueue(
      PulsarSettings settings,
      OpenPulsar pulsar,
      PulsarAdministration administration,
      PulsarPartitions partitions,
      boolean owner) {
    this.settings = settings;
    this.refusal = new PulsarReadRefusal(settings);
    this.pulsar = pulsar;
    this.administration = administration;
    this.partitions = partitions;
    this.client = pulsar.client();
    this.owner = owner;
  }

  /** Connects lazily: the first operation shows whether the address is right. */
  public static PulsarQueue connect(PulsarSettings settings) {
    return new PulsarQueue(
        settings,
        settings.connection().open(RECEIVER_MEGABYTES),
        new PulsarAdministration(settings),
        new PulsarPartitions(),
        true);
  }

  @Override
  public MessageQueue share() {
    return new PulsarQueue(settings, pulsar, administration, partitions, false);
  }

  /**
   * Performs a lookup. Unlike the listing of topics, it fails at the first attempt and with the
   * reason.
   */
  @Override
  public void checkAccess(String topic) {
    try {
      var unused = lookup(topic).get(OPERATION_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw interrupted("looking up topic " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      if (!PulsarReadRefusal.isAboutTheTopic(e)) {
        throw refusal.explain(e).as(RetriableException::new, e);
      }
    }
  }

  @Override
  public Set<String> topics() {
    NamespaceName namespace = NamespaceName.get(settings.tenant(), settings.namespace());
    try {
      return partitions.named(
          ((PulsarClientImpl) client)
              .getLookup()
              .getTopicsUnderNamespace(
                  namespace, CommandGetTopicsOfNamespace.Mode.PERSISTENT, null, null)
              .get(OPERATION_SECONDS, TimeUnit.SECONDS)
              .getNonPartitionedOrPartitionTopics());
    } catch (InterruptedException e) {
      throw interrupted("listing the topics of " + namespace, e);
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable("list the topics of " + namespace, reason(e));
    }
  }

  /**
   * Returns the reason of a failed listing. The client repeats the listing for longer than the
   * timeout, and does not report why.
   */
  private Exception reason(Exception listing) {
    try {
      var unused = lookup(SOME_TOPIC).get(OPERATION_SECONDS, TimeUnit.SECONDS);
      return listing;
    } catch (InterruptedException e) {
      throw interrupted("looking up topic " + SOME_TOPIC, e);
    } catch (TimeoutException e) {
      return listing;
    } catch (ExecutionException e) {
      return PulsarReadRefusal.isAboutTheTopic(e) ? listing : e;
    }
  }

  @Override
  public Map<String, Held> held(Collection<String> topics) {
    Map<String, Held> held = new HashMap<>();
    for (String topic : topics) {
      List<PulsarPlace> first = topic(topic).from(MessageId.earliest, 1);
      if (!first.isEmpty()) {
        PulsarPlace place = first.get(0);
        PulsarPlace entry = new PulsarPlace(place.ledger(), place.entry(), -1, 0);
        held.put(topic, new Held(entry.position(), null));
      }
    }
    return held;
  }

  @Override
  public QueueReader open(
      String topic,
      String subscription,
      ReadFrom from,
      @Nullable Position mustHold,
      boolean pinned) {
    PulsarTopic there = topic(topic);
    PulsarContinuity continuity = begin(there, from, mustHold);
    PulsarPin pin = new PulsarPin(there, subscription);
    PulsarPlace start = continuity.start();
    if (pinned) {
      pin.hold(start);
    }
    Position beginning =
        from instanceof ReadFrom.Latest && start != null ? PulsarPositions.after(start) : null;
    PulsarReader reader = new PulsarReader(there, subscription, continuity, pin, beginning);
    reader.resume();
    return reader;
  }

  private static PulsarContinuity begin(
      PulsarTopic topic, ReadFrom from, @Nullable Position mustHold) {
    if (from instanceof ReadFrom.Latest) {
      PulsarPlace last = topic.last();
      return last == null
          ? PulsarContinuity.anywhere(topic.name(), topic, null)
          : PulsarContinuity.after(topic.name(), topic, last);
    } else if (from instanceof ReadFrom.Resume resume) {
      return begin(topic, resume.position());
    } else if (from instanceof ReadFrom.At at) {
      return begin(topic, at.position());
    }
    return PulsarContinuity.anywhere(
        topic.name(), topic, mustHold == null ? null : PulsarPositions.placeOf(mustHold));
  }

  private static PulsarContinuity begin(PulsarTopic topic, Position position) {
    PulsarPlace place = PulsarPositions.placeOf(position);
    return PulsarPositions.isAfter(position)
        ? PulsarContinuity.after(topic.name(), topic, place)
        : PulsarContinuity.at(topic.name(), topic, place);
  }

  /** Opens a topic with a cursor in the broker's memory, which is lost with the connection. */
  @Override
  public QueueReader listen(String topic, boolean fromStart) {
    PulsarTopic there = topic(topic);
    PulsarContinuity any = PulsarContinuity.unchecked(fromStart ? null : there.last());
    PulsarPin none = new PulsarPin(there, "");
    PulsarReader reader = new PulsarReader(there, "milvus-cdc", any, none, null);
    reader.resume();
    return reader;
  }

  private PulsarTopic topic(String topic) {
    return new PulsarTopic(
        client,
        refusal,
        fullName(topic),
        topic,
        this::opened,
        (before, behind) -> hasEntriesBetween(topic, before, behind));
  }

  /**
   * Returns false if the administration cannot be asked. Then the topic's own answers must suffice.
   */
  private boolean hasEntriesBetween(String topic, PulsarPlace before, PulsarPlace behind) {
    try {
      return administration
          .of(topic, this::broker)
          .hasEntriesBetween(partitions.only(topic), before, behind);
    } catch (RetriableException e) {
      LOG.debug("The ledgers of topic {} are not known", topic, e);
      return false;
    }
  }

  private void opened(PulsarSubscription fresh) {
    subscriptions.add(fresh);
    fresh.onClose(() -> subscriptions.remove(fresh));
  }

  private String fullName(String topic) {
    return "persistent://%s/%s/%s"
        .formatted(settings.tenant(), settings.namespace(), partitions.only(topic));
  }

  @Override
  public QueueLimits limits(String topic) {
    return administration.of(topic, this::broker).limits(partitions.only(topic));
  }

  @Override
  public Map<String, Retained> retained(
      Collection<String> topics, Collection<String> subscriptions, QueueLimits limits) {
    if (topics.isEmpty()) {
      return Map.of();
    }
    return administration
        .of(topics.iterator().next(), this::broker)
        .retained(topics.stream().map(partitions::only).toList(), subscriptions, limits);
  }

  @Override
  public Map<String, Long> unused(Collection<String> topics, String prefix) {
    if (topics.isEmpty()) {
      return Map.of();
    }
    return administration
        .of(topics.iterator().next(), this::broker)
        .unused(topics.stream().map(partitions::only).toList(), prefix);
  }

  private InetSocketAddress broker(String topic) {
    try {
      return lookup(topic).get(OPERATION_SECONDS, TimeUnit.SECONDS).getLogicalAddress();
    } catch (InterruptedException e) {
      throw interrupted("looking up topic " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable("look up topic " + topic, e);
    }
  }

  private CompletableFuture<LookupTopicResult> lookup(String topic) {
    return ((PulsarClientImpl) client).getLookup().getBroker(TopicName.get(fullName(topic)));
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

  /** Returns false while the broker still has the consumer of a session that has just ended. */
  private boolean triedToUnsubscribe(String topic, String subscription, long deadline)
      throws PulsarClientException {
    try (Consumer<byte[]> consumer =
        client
            .newConsumer()
            .topic(fullName(topic))
            .subscriptionName(subscription)
            .subscriptionType(SubscriptionType.Exclusive)
            .subscriptionInitialPosition(SubscriptionInitialPosition.Latest)
            .startPaused(true)
            .subscribe()) {
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
    return PulsarPositions.ORDER.compare(a, b);
  }

  private static RetriableException interrupted(String doing, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RetriableException("Interrupted while " + doing, "", e);
  }

  private RetriableException unreachable(String what, Exception e) {
    return refusal.exception(what, e);
  }

  /**
   * Waits until the broker has released the consumers, so that the next session finds their
   * subscriptions free. Does not wait for the client's own threads, which need seconds to end.
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
