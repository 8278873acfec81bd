package io.milvus.cdc.targets.kafka;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.events.EventOutlet;
import io.milvus.cdc.targets.events.EventTarget;
import io.milvus.cdc.targets.events.EventTargetBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Topics of a Kafka, 3.0 or later: every row and every change of the catalog becomes an event.
 * Needs {@code org.apache.kafka:kafka-clients} on the classpath.
 *
 * <p>Each event is there exactly once for consumers with {@code isolation.level=read_committed},
 * whatever crashes; its {@code id} stays the same in any case. Rows of one key are in one partition
 * and in order, so add no partitions to a topic that has rows. Changes of the catalog and
 * watermarks are in every partition, with the same id.
 *
 * <p>For that, Kafka keeps how far a task has come, as the offset of a group {@code
 * milvus-cdc-<task>-...}. It forgets it {@code offsets.retention.minutes} (7 days) after the task
 * stopped. A task that crashed and is not started again for that long tells its last second twice.
 *
 * <p>Indexes, loads, flushes, users, roles and grants are no changes of data and are not told.
 * Promoting a task ends it and changes nothing here: topics take messages of others at any time.
 */
public final class KafkaTarget extends EventTarget {
  private final KafkaTargetSettings settings;

  private KafkaTarget(KafkaTargetSettings settings) {
    super(settings.events());
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Inspection check() throws InterruptedException {
    requireClient();
    return new KafkaPreflight(settings).inspect();
  }

  @Override
  protected EventOutlet connect(String life) throws InterruptedException {
    requireClient();
    return KafkaOutlet.open(settings, life);
  }

  private static void requireClient() {
    try {
      Class.forName("org.apache.kafka.clients.producer.KafkaProducer");
    } catch (ClassNotFoundException e) {
      throw new ConfigException(
          "Kafka's client is not on the classpath.", "Add org.apache.kafka:kafka-clients.", e);
    }
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  /**
   * Collects where the target is. Every setter's default is in its description. How large an event
   * may be is also the producer's {@code max.request.size}, by default 1 MiB; the topic's {@code
   * max.message.bytes} must allow it.
   */
  public static final class Builder extends EventTargetBuilder<Builder> {
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final int LARGEST = 1 << 20;

    private @Nullable KafkaEndpoint kafka;
    private int partitions;
    private int replication;
    private boolean transactions = true;
    private final Map<String, String> properties = new TreeMap<>();

    private Builder() {
      super(LARGEST);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** Sets the Kafka at an address such as {@code kafka:9092}. See {@link KafkaEndpoint#at}. */
    public Builder kafka(String brokers) {
      return kafka(KafkaEndpoint.at(brokers));
    }

    /**
     * Sets the Kafka. If it asks for a login: with transactions the user needs {@code Write},
     * {@code Describe} and {@code Read} on the topics, {@code Create} if they are to be created,
     * {@code Write} and {@code Describe} on transactional ids and {@code Read} on groups that begin
     * with {@code milvus-cdc-}. Required.
     */
    public Builder kafka(KafkaEndpoint endpoint) {
      kafka = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Partitions of topics that are made. Default: as the brokers say. */
    public Builder partitions(int count) {
      partitions = count;
      return this;
    }

    /** Replicas of topics that are made. Default: as the brokers say. */
    public Builder replication(int count) {
      replication = count;
      return this;
    }

    /**
     * Without transactions, where nobody may have them: after a crash, and after any other break,
     * the events of about the last second are told twice, with the same ids. Default: exactly once.
     */
    public Builder atLeastOnce() {
      transactions = false;
      return this;
    }

    /** Any property of Kafka's producer, in its words. It wins over what is set here. */
    public Builder property(String name, String value) {
      properties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Creates the target. Nothing is contacted yet.
     *
     * @throws ConfigException if something is missing or wrong
     */
    public KafkaTarget build() {
      if (kafka == null) {
        throw new ConfigException("The brokers are missing.", "Set kafka, such as host:9092.");
      }
      require(
          partitions >= 0 && replication >= 0 && replication <= Short.MAX_VALUE,
          "%d partitions with %d replicas cannot be made.".formatted(partitions, replication),
          "Set numbers above 0.");
      return new KafkaTarget(
          new KafkaTargetSettings(
              new KafkaConnection(kafka),
              events(TOPIC, "Use up to 249 letters, digits, dots, dashes, underscores."),
              partitions,
              (short) replication,
              transactions,
              properties));
    }
  }
}
