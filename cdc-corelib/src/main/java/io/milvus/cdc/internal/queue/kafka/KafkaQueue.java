package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.queue.Held;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Retained;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads Kafka topics by offset. A subscription is a consumer group without members. It pins
 * nothing: Kafka retains messages for its configured time.
 */
public final class KafkaQueue implements MessageQueue {
  private static final int CHECK_MILLIS = 5000;

  private final KafkaSettings settings;
  private final KafkaClients clients;
  private final Admin admin;

  private final boolean owner;

  private KafkaQueue(KafkaSettings settings, KafkaClients clients, Admin admin, boolean owner) {
    this.settings = settings;
    this.clients = clients;
    this.admin = admin;
    this.owner = owner;
  }

  /** Connects lazily: the first operation shows whether the address is right. */
  static KafkaQueue connect(KafkaSettings settings) {
    KafkaClients clients = new KafkaClients(settings);
    return new KafkaQueue(settings, clients, clients.admin(), true);
  }

  @Override
  public MessageQueue share() {
    return new KafkaQueue(settings, clients, admin, false);
  }

  @Override
  public void checkAccess(String topic) {
    DescribeTopicsOptions options =
        new DescribeTopicsOptions().includeAuthorizedOperations(true).timeoutMs(CHECK_MILLIS);
    try {
      for (TopicDescription found :
          answer(admin.describeTopics(List.of(topic), options).allTopicNames()).values()) {
        Set<AclOperation> allowed = found.authorizedOperations();
        if (allowed != null && !allowed.contains(AclOperation.READ)) {
          throw refused(new TopicAuthorizationException(Set.of(topic)));
        }
      }
    } catch (ExecutionException e) {
      if (Causes.find(e, UnknownTopicOrPartitionException.class).isEmpty()
          && Causes.find(e, InvalidTopicException.class).isEmpty()) {
        throw refused(e);
      }
    }
  }

  @Override
  public Set<String> topics() {
    try {
      return answer(admin.listTopics().names());
    } catch (ExecutionException e) {
      throw refused(e);
    }
  }

  @Override
  public Map<String, Held> held(Collection<String> topics) {
    Map<String, Position> first = offsets(topics, OffsetSpec.earliest());
    Map<String, Position> end = offsets(topics, OffsetSpec.latest());
    Map<String, Held> held = new HashMap<>();
    first.forEach((topic, position) -> held.put(topic, new Held(position, end.get(topic))));
    return held;
  }

  private Map<String, Position> offsets(Collection<String> topics, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    topics.forEach(topic -> asked.put(new TopicPartition(topic, 0), which));
    try {
      Map<String, Position> found = new HashMap<>();
      answer(admin.listOffsets(asked).all())
          .forEach(
              (partition, there) ->
                  found.put(partition.topic(), KafkaPositions.of(there.offset())));
      return found;
    } catch (ExecutionException e) {
      throw refused(e);
    }
  }

  @Override
  public QueueReader open(
      String topic,
      String subscription,
      ReadFrom from,
      @Nullable Position mustHold,
      boolean pinned) {
    return new KafkaReader(
            settings, topic, clients.consumer(topic, subscription), () -> idOf(topic))
        .begin(from, mustHold);
  }

  /** Returns the present id of a topic, or an empty text if it does not exist. */
  private String idOf(String topic) {
    try {
      TopicDescription found =
          answer(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
      return found == null ? "" : found.topicId().toString();
    } catch (ExecutionException e) {
      if (Causes.find(e, UnknownTopicOrPartitionException.class).isPresent()) {
        return "";
      }
      throw refused(e);
    }
  }

  @Override
  public QueueReader listen(String topic, boolean fromStart) {
    return new KafkaReader(settings, topic, clients.consumer(topic), () -> "").listen(fromStart);
  }

  @Override
  public QueueLimits limits(String topic) {
    ConfigResource asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Map<ConfigResource, Config> answer = answer(admin.describeConfigs(List.of(asked)).all());
      return KafkaRetention.limits(answer.getOrDefault(asked, new Config(List.of())));
    } catch (ExecutionException e) {
      throw refused(e);
    }
  }

  /** Returns nothing, because Kafka retains no message for a group. */
  @Override
  public Map<String, Retained> retained(
      Collection<String> topics, Collection<String> subscriptions, QueueLimits limits) {
    return Map.of();
  }

  /**
   * Returns groups, which do not belong to one topic. They retain nothing except their own names.
   */
  @Override
  public Map<String, Long> unused(Collection<String> topics, String prefix) {
    try {
      Map<String, Long> unused = new TreeMap<>();
      for (GroupListing group : answer(admin.listGroups().all())) {
        if (group.groupId().startsWith(prefix)) {
          unused.put(group.groupId(), 0L);
        }
      }
      return unused;
    } catch (ExecutionException e) {
      throw refused(e);
    }
  }

  @Override
  public void unsubscribe(Collection<String> topics, String subscription) {
    try {
      answer(admin.deleteConsumerGroups(List.of(subscription)).all());
    } catch (ExecutionException e) {
      if (Causes.find(e, GroupIdNotFoundException.class).isEmpty()) {
        throw refused(e);
      }
    }
  }

  private <T> T answer(KafkaFuture<T> future) throws ExecutionException {
    try {
      return future.get(KafkaClients.OPERATION_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while asking " + settings.name(), "", e);
    } catch (TimeoutException e) {
      throw refused(e);
    }
  }

  private RetriableException refused(Exception e) {
    return KafkaReadRefusal.exception(settings, e);
  }

  @Override
  public Position positionOf(byte[] milvusMessageId) {
    return KafkaPositions.of(milvusMessageId);
  }

  @Override
  public int compare(Position a, Position b) {
    return KafkaPositions.ORDER.compare(a, b);
  }

  @Override
  public void close() {
    if (!owner) {
      // Readers are closed one by one.
      return;
    }
    try {
      admin.close(Duration.ZERO);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }
}
