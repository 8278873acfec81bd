package io.milvus.cdc.target.pulsar;

import io.milvus.cdc.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Findings;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.pulsar.PulsarConnection;
import io.milvus.cdc.target.ChangeTarget;
import io.milvus.cdc.target.Opening;
import io.milvus.cdc.target.TargetSession;
import io.milvus.cdc.target.events.EventFormat;
import io.milvus.cdc.target.events.EventSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Topics of a Pulsar: every row and every change of the catalog becomes an event.
 *
 * <p>Each event is there at least once. After a crash, and after any other break, those of about
 * the last second may be there twice, with the same {@code id}; the order stays. Pulsar's own
 * deduplication cannot help: it wants numbers that only grow, and events that are told again after
 * a crash have none that would be the same. Rows of one key are in one partition and in order, so
 * add no partitions to a topic that has rows. Changes of the catalog and watermarks are in every
 * partition, with the same id.
 *
 * <p>Indexes, loads, flushes, users, roles and grants are no changes of data and are not told.
 * Promoting a task ends it and changes nothing here: topics take messages of others at any time.
 */
public final class PulsarTarget implements ChangeTarget {
  private final PulsarTargetSettings settings;

  private PulsarTarget(PulsarTargetSettings settings) {
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Opens a producer and closes it again: Pulsar makes the topic then, if it may. */
  @Override
  public Inspection check() throws InterruptedException {
    Findings findings = new Findings();
    findings.attempt(() -> PulsarOutlet.open(settings, "milvus-cdc-check").close());
    return new Inspection(findings.all(), Set.of(), OptionalLong.empty());
  }

  /** Nothing: a topic has room for every collection. */
  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, boolean fromTheBeginning) {
    return List.of();
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    return EventSession.open(
        settings.format(),
        settings.source(),
        settings.watermarkEvery(),
        opening,
        life -> PulsarOutlet.open(settings, life));
  }

  /** Nothing is left to do: topics take messages of others at any time. */
  @Override
  public List<String> promote(long ceiling) {
    return List.of();
  }

  /** Nothing, as with {@link #promote}: the task goes on from where it was. */
  @Override
  public long demote() {
    return 0;
  }

  /** Whether both are the same topic at the same address. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PulsarTarget that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return "PulsarTarget[" + settings + "]";
  }

  /** Collects where the target is. Every setter's default is in its description. */
  public static final class Builder {
    private static final Pattern TOPIC =
        Pattern.compile("(persistent://[^/\\s]+/[^/\\s]+/)?[^/\\s:]+");
    private static final int LARGEST = 5 << 20;
    private static final int LEAST = 16 << 10;

    private String serviceUrl = "";
    private String topic = "";
    private boolean topicPerCollection;
    private @Nullable Secret token;
    private @Nullable Path certificates;
    private EventFormat format = EventFormat.cloudEvents();
    private @Nullable String source;
    private Duration watermarkEvery = Duration.ofSeconds(1);
    private int largest = LARGEST;

    private Builder() {}

    /** The address, such as {@code pulsar://host:6650}; {@code pulsar+ssl} for TLS. Required. */
    public Builder serviceUrl(String url) {
      serviceUrl = url;
      return this;
    }

    /**
     * The topic for all events, such as {@code persistent://tenant/namespace/changes}, or just
     * {@code changes} in {@code public/default}. Required.
     */
    public Builder topic(String name) {
      topic = name;
      return this;
    }

    /**
     * A topic {@code <topic>.<database>.<collection>} for each collection: its rows and, but for
     * Debezium's format, the changes and watermarks that concern it. Changes and watermarks are in
     * the common topic, too. Default: one topic for all; with Debezium's format, this.
     */
    public Builder topicPerCollection() {
      topicPerCollection = true;
      return this;
    }

    /** A JSON web token of a role that may produce. Default: none. */
    public Builder token(String webToken) {
      token = new Secret(webToken);
      return this;
    }

    /**
     * A PEM file with the authorities that the brokers' certificates may come from. Default: the
     * JVM's.
     */
    public Builder certificates(Path pem) {
      certificates = pem;
      return this;
    }

    /** How events are written. Default: {@link EventFormat#cloudEvents}. */
    public Builder format(EventFormat written) {
      format = written;
      return this;
    }

    /**
     * What events name as their {@code source}, a URI reference. Default: {@code
     * /milvus-cdc/<task>}.
     */
    public Builder source(String uri) {
      source = uri;
      return this;
    }

    /** How often a watermark is told at most, while rows come and while none do. Default 1 s. */
    public Builder watermarkEvery(Duration pause) {
      watermarkEvery = pause;
      return this;
    }

    /**
     * How large an event may be; the brokers' {@code maxMessageSize} must allow that. Rows with a
     * larger one are refused: see {@link io.milvus.cdc.TaskSpec#onUnhandled}. Default 5 MiB, as
     * Pulsar's.
     */
    public Builder maxBytes(int bytes) {
      largest = bytes;
      return this;
    }

    /**
     * The target; nothing is contacted yet.
     *
     * @throws ConfigException where something is missing, wrong or contradicts itself
     */
    public PulsarTarget build() {
      PulsarConnection connection = new PulsarConnection(serviceUrl, token, certificates);
      require(
          serviceUrl.startsWith("pulsar://") || connection.tls(),
          "Pulsar address '%s' is none. Give one like serviceUrl(\"pulsar://host:6650\")."
              .formatted(serviceUrl));
      require(
          TOPIC.matcher(topic).matches(),
          "Topic '%s' cannot be one. Give one like persistent://public/default/changes."
              .formatted(topic));
      require(
          certificates == null || connection.tls(),
          "certificates are given, but %s is to be reached without TLS. Give a pulsar+ssl address."
              .formatted(connection.name()));
      require(
          largest >= LEAST,
          "Events of at most %d bytes are too small. Give maxBytes %d at least."
              .formatted(largest, LEAST));
      require(
          !watermarkEvery.isNegative(),
          "Watermarks cannot be told every %s. Give watermarkEvery a duration above 0."
              .formatted(watermarkEvery));
      return new PulsarTarget(
          new PulsarTargetSettings(
              connection,
              topic,
              topicPerCollection || format.rowsApart(),
              format,
              source,
              watermarkEvery,
              largest));
    }

    private static void require(boolean good, String message) {
      if (!good) {
        throw new ConfigException(message);
      }
    }
  }
}
