package io.milvus.cdc.targets.kafka;

import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.targets.events.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Sends requests to the brokers, and creates topics. Failures are thrown as {@link WriteRefusal}
 * defines.
 */
final class KafkaAdmin implements AutoCloseable {
  private final KafkaTargetSettings settings;
  private final WriteRefusal refusal;
  private final Admin admin;

  KafkaAdmin(KafkaTargetSettings settings) {
    this.settings = settings;
    this.refusal = new WriteRefusal(settings);
    try {
      Map<String, Object> config = settings.connection().properties("milvus-cdc");
      config.put(
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
          KafkaConnection.OPERATION_SECONDS * 1000);
      admin = Admin.create(config);
    } catch (KafkaException e) {
      throw refusal.exception(e);
    }
  }

  /** Returns the id of the cluster, which no other Kafka has. Checks that the brokers answer. */
  String clusterId() throws InterruptedException {
    return String.valueOf(answer(admin.describeCluster().clusterId()));
  }

  /** Returns the topic, or empty if it does not exist. */
  Optional<TopicDescription> topic(String topic) throws InterruptedException {
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    try {
      return Optional.ofNullable(
          await(admin.describeTopics(List.of(topic), options).allTopicNames()).get(topic));
    } catch (ExecutionException e) {
      if (Causes.find(e, UnknownTopicOrPartitionException.class).isPresent()) {
        return Optional.empty();
      }
      throw refusal.exception(e);
    }
  }

  /** Creates a topic if it does not exist. */
  void require(String topic) throws InterruptedException {
    if (topic(topic).isEmpty()) {
      create(topic, false);
    }
  }

  static boolean allows(TopicDescription topic, AclOperation operation) {
    Set<AclOperation> allowed = topic.authorizedOperations();
    return allowed == null || allowed.contains(operation) || allowed.contains(AclOperation.ALL);
  }

  /**
   * Creates a topic, unless it exists.
   *
   * @param trial whether to check only that it could be created
   */
  void create(String topic, boolean trial) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(
            topic,
            settings.partitions() == 0 ? Optional.empty() : Optional.of(settings.partitions()),
            settings.replication() == 0 ? Optional.empty() : Optional.of(settings.replication()));
    try {
      await(
          admin.createTopics(List.of(wanted), new CreateTopicsOptions().validateOnly(trial)).all());
    } catch (ExecutionException e) {
      if (Causes.find(e, TopicExistsException.class).isEmpty()) {
        throw refusal.exception(e);
      }
    }
  }

  /** Returns the largest size of messages of a topic, or empty if the user may not read it. */
  Optional<Integer> largest(String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return await(admin.describeConfigs(List.of(resource)).all()).values().stream()
          .map(config -> config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
          .filter(Objects::nonNull)
          .map(entry -> Integer.valueOf(entry.value()))
          .findFirst();
    } catch (ExecutionException e) {
      if (Causes.find(e, AuthorizationException.class).isPresent()) {
        return Optional.empty();
      }
      throw refusal.exception(e);
    }
  }

  /** Throws if the user may not even describe transactions of this name. */
  void checkTransactions(String name) throws InterruptedException {
    try {
      await(admin.describeTransactions(List.of(name)).all());
    } catch (ExecutionException e) {
      if (Causes.find(e, TransactionalIdNotFoundException.class).isEmpty()) {
        throw refusal.exception(e);
      }
    }
    place(name);
  }

  /** Returns the progress that a group stores, after all of its transactions have ended. */
  Place place(String group) throws InterruptedException {
    TopicPartition partition = new TopicPartition(settings.events().topic(), 0);
    OffsetAndMetadata kept =
        answer(
                admin
                    .listConsumerGroupOffsets(
                        Map.of(
                            group,
                            new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition))),
                        new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata(group))
            .get(partition);
    return kept == null ? Place.NONE : Place.parse(kept.metadata());
  }

  private <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return await(future);
    } catch (ExecutionException e) {
      throw refusal.exception(e);
    }
  }

  private <T> T await(KafkaFuture<T> future) throws InterruptedException, ExecutionException {
    try {
      return future.get(2L * KafkaConnection.OPERATION_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw refusal.exception(e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
