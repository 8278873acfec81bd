package io.milvus.cdc.targets.pulsar;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.events.EventOutlet;
import io.milvus.cdc.targets.events.EventTarget;
import io.milvus.cdc.targets.events.EventTargetBuilder;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes every row and every change of the catalog as an event to topics of a Pulsar.
 *
 * <p>Each event is there at least once. After a crash or any other interruption, events of about
 * the last second may be there twice, with the same {@code id}. Their order stays. Pulsar's
 * deduplication does not help: it needs sequence ids that only increase, and an event that is
 * resent after a crash cannot have its former one. Rows of one key are in one partition and in
 * order, so add no partitions to a topic that has rows. Changes of the catalog and watermarks are
 * in every partition, with the same id.
 *
 * <p>Indexes, loads, flushes, users, roles and grants do not change data, so there are no events
 * for them. Promoting a task ends it and changes nothing here: topics accept messages of other
 * producers at any time.
 */
public final class PulsarTarget extends EventTarget {
  private final PulsarTargetSettings settings;

  private PulsarTarget(PulsarTargetSettings settings) {
    super(settings.events());
    this.settings = settings;
  }

  /** Returns a builder without a Pulsar and a topic. */
  public static Builder builder() {
    return new Builder();
  }

  /** Opens a producer and closes it again. Pulsar creates the topic then, if it may. */
  @Override
  public Inspection check() throws InterruptedException {
    Findings findings = new Findings();
    findings.attempt(() -> PulsarOutlet.open(settings, "milvus-cdc-check").close());
    return new Inspection(findings.all(), Set.of(), OptionalLong.empty());
  }

  @Override
  protected EventOutlet connect(String life) throws InterruptedException {
    return PulsarOutlet.open(settings, life);
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  /**
   * Collects the settings of the target. Each setter states its default. For one thread. A topic
   * has a name such as {@code persistent://tenant/namespace/changes}, or just {@code changes} in
   * {@code public/default}. The brokers' {@code maxMessageSize} must allow the size of events. The
   * default is 5 MiB, as that of brokers.
   */
  public static final class Builder extends EventTargetBuilder<Builder> {
    private static final Pattern TOPIC =
        Pattern.compile("(persistent://[^/\\s]+/[^/\\s]+/)?[^/\\s:]+");
    private static final int LARGEST = 5 << 20;

    private @Nullable PulsarEndpoint pulsar;

    private Builder() {
      super(LARGEST);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Sets the Pulsar at an address such as {@code pulsar://host:6650}. See {@link
     * PulsarEndpoint#at}.
     */
    public Builder pulsar(String serviceUrl) {
      return pulsar(PulsarEndpoint.at(serviceUrl));
    }

    /** Sets the Pulsar. If it requires a token, its role needs to produce. Required. */
    public Builder pulsar(PulsarEndpoint endpoint) {
      pulsar = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Creates the target. Contacts nothing yet.
     *
     * @throws ConfigException if a setting is missing or wrong
     */
    public PulsarTarget build() {
      if (pulsar == null) {
        throw new ConfigException(
            "The Pulsar is missing.", "Set pulsar, such as pulsar://host:6650.");
      }
      return new PulsarTarget(
          new PulsarTargetSettings(
              pulsar, events(TOPIC, "Set a topic like persistent://public/default/changes.")));
    }
  }
}
