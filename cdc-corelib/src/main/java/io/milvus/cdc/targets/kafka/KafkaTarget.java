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
 * Writes every row and every change of the catalog as an event to topics of a Kafka, 3.0 or later.
 * Needs {@code org.apache.kafka:kafka-clients} on the classpath.
 *
 * <p>Each event is there exactly once for consumers with {@code isolation.level=read_committed},
 * through any crash. Its {@code id} stays the same in any case. Rows of one key are in one
 * partition and in order, so add no partitions to a topic that has rows. Changes of the catalog and
 * watermarks are in every partition, with the same id.
 *
 * <p>For that, Kafka stores a task's progress as the offset of a group {@code
 * milvus-cdc-<task>-...}. It deletes the offset {@code offsets.retention.minutes} (7 days) after
 * the task stopped. If a task crashed and is not restarted for that long, the events of its last
 * second are sent twice.
 *
 * <p>Indexes, loads, flushes, users, roles and grants do not change data, so there are no events
 * for them. Promoting a task ends it and changes nothing here: topics accept messages of other
 * producers at any time.
 */
public final class KafkaTarget extends EventTarget {
  private final KafkaTargetSettings settings;

  private KafkaTarget(KafkaTargetSettings settings) {
    super(settings.events());
    this.settings = settings;
  }

  /** Returns a builder without a Kafka and a topic. */
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
   * Collects the settings of the target. Each setter states its default. For one thread. The size
   * of events is limited by {@link #maxBytes}, which also sets the producer's {@code
   * max.request.size}; by default 1 MiB. The topic's {@code max.message.bytes} must allow it.
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
     * Sets the Kafka. Required. If it requires a login, the user of a target with transactions
     * needs:
     *
     * <ul>
     *   <li>{@code Write}, {@code Describe} and {@code Read} on the topics, and {@code Create} if
     *       they are to be created;
     *   <li>{@code Write} and {@code Describe} on transactional ids that begin with {@code
     *       milvus-cdc-};
     *   <li>{@code Read} on groups that begin with {@code milvus-cdc-}.
     * </ul>
     */
    public Builder kafka(KafkaEndpoint endpoint) {
      kafka = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Sets the partitions of created topics. Default: the brokers' default. */
    public Builder partitions(int count) {
      partitions = count;
      return this;
    }

    /** Sets the replicas of created topics. Default: the brokers' default. */
    public Builder replication(int count) {
      replication = count;
      return this;
    }

    /**
     * Disables transactions, for clusters that do not permit them. After a crash or any other
     * interruption, events of about the last second are sent twice, with the same ids. Default:
     * exactly once.
     */
    public Builder atLeastOnce() {
      transactions = false;
      return this;
    }

    /**
     * Sets a property of Kafka's producer by its name in Kafka. It takes precedence over the other
     * settings, except for the transactional id.
     */
    public Builder property(String name, String value) {
      properties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Creates the target. Contacts nothing yet.
     *
     * @throws ConfigException if a setting is missing or wrong
     */
    public KafkaTarget build() {
      if (kafka == null) {
        throw new ConfigException("The brokers are missing.", "Set kafka, such as host:9092.");
      }
      require(
          partitions >= 0 && replication >= 0 && replication <= Short.MAX_VALUE,
          "%d partitions with %d replicas cannot be created.".formatted(partitions, replication),
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
