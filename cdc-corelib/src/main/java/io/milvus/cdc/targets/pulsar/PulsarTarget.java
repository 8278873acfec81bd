package io.milvus.cdc.targets.pulsar;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.internal.pulsar.PulsarConnection;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.events.EventOutlet;
import io.milvus.cdc.targets.events.EventTarget;
import io.milvus.cdc.targets.events.EventTargetBuilder;
import java.nio.file.Path;
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

    private String serviceUrl = "";
    private @Nullable Secret token;
    private @Nullable Path certificates;

    private Builder() {
      super(LARGEST);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** The address, such as {@code pulsar://host:6650}; {@code pulsar+ssl} for TLS. Required. */
    public Builder serviceUrl(String url) {
      serviceUrl = url;
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

    /**
     * The target; nothing is contacted yet.
     *
     * @throws ConfigException where something is missing, wrong or contradicts itself
     */
    public PulsarTarget build() {
      PulsarConnection connection = new PulsarConnection(serviceUrl, token, certificates);
      require(
          serviceUrl.startsWith("pulsar://") || connection.tls(),
          "Pulsar address '%s' is none. Set one like pulsar://host:6650.".formatted(serviceUrl));
      require(
          certificates == null || connection.tls(),
          "certificates are given, but %s is to be reached without TLS. Give a pulsar+ssl address."
              .formatted(connection.name()));
      return new PulsarTarget(
          new PulsarTargetSettings(
              connection, events(TOPIC, "Give one like persistent://public/default/changes.")));
    }
  }
}
