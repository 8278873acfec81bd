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
public final class PulsarTarget extends EventTarget {
  private final PulsarTargetSettings settings;

  private PulsarTarget(PulsarTargetSettings settings) {
    super(settings.events());
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

  @Override
  protected EventOutlet connect(String life) throws InterruptedException {
    return PulsarOutlet.open(settings, life);
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  /**
   * Collects where the target is. Every setter's default is in its description. Topics are such as
   * {@code persistent://tenant/namespace/changes}, or just {@code changes} in {@code
   * public/default}. How large an event may be the brokers' {@code maxMessageSize} must allow; the
   * default is 5 MiB, as theirs.
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

    /** Sets the Pulsar. If it asks for a token, its role needs to produce. Required. */
    public Builder pulsar(PulsarEndpoint endpoint) {
      pulsar = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Creates the target. Nothing is contacted yet.
     *
     * @throws ConfigException if something is missing or wrong
     */
    public PulsarTarget build() {
      if (pulsar == null) {
        throw new ConfigException(
            "The Pulsar is missing.", "Set pulsar, such as pulsar://host:6650.");
      }
      return new PulsarTarget(
          new PulsarTargetSettings(
              pulsar, events(TOPIC, "Set one like persistent://public/default/changes.")));
    }
  }
}
