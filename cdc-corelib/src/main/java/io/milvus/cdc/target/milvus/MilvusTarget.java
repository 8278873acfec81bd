package io.milvus.cdc.target.milvus;

import io.milvus.cdc.PasswordSource;
import io.milvus.cdc.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.etcd.EtcdSettings;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Findings;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.target.ChangeTarget;
import io.milvus.cdc.target.Opening;
import io.milvus.cdc.target.TargetSession;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus 2.3 to 2.5 in replica mode ({@code common.ttMsgEnabled: false}): it takes the source's
 * messages as they are, timestamps included, and no writes of anybody else.
 *
 * <p>One of these keeps the clocks of one target's channels, so share it between the engines of a
 * process, and let no second process write to the same target: rows of the one that is behind would
 * come after ticks of the other, and Milvus may lose such rows.
 */
public final class MilvusTarget implements ChangeTarget {
  private final TargetSettings settings;

  /** Shared by all tasks that use this target: a channel's clock is one, whoever moves it. */
  private final ReplicaClocks clocks = new ReplicaClocks();

  private MilvusTarget(TargetSettings settings) {
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Inspection check() throws InterruptedException {
    try (MilvusRpc rpc = MilvusRpc.connect(settings)) {
      return new TargetPreflight(rpc, settings).inspect();
    } catch (ConfigException e) {
      return new Inspection(List.of(Finding.of(e)), Set.of(), OptionalLong.empty());
    }
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, boolean fromTheBeginning)
      throws InterruptedException {
    try (MilvusRpc rpc = MilvusRpc.connect(settings)) {
      Findings findings = new Findings();
      findings.attempt(new ReplicaMode(rpc, settings)::refuseGivenOver);
      findings.addAll(new Conflicts(new TargetCatalog(rpc), fromTheBeginning).among(wanted));
      return findings.all();
    }
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    if (settings.makeReplica()) {
      try (MilvusRpc rpc = MilvusRpc.connect(settings)) {
        new ReplicaMode(rpc, settings).beginUnlessGivenOver();
      }
    }
    return ReplicaSession.open(
        settings,
        clocks,
        Memento.parse(opening.memento()),
        opening.ceiling(),
        InstantSource.system());
  }

  /** Whether both are at one address. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MilvusTarget that && settings.uri().equals(that.settings.uri());
  }

  @Override
  public int hashCode() {
    return settings.uri().hashCode();
  }

  @Override
  public List<String> promote(long ceiling) throws InterruptedException {
    try (MilvusRpc rpc = MilvusRpc.connect(settings)) {
      return new ReplicaMode(rpc, settings).end(ceiling);
    }
  }

  @Override
  public long demote() throws InterruptedException {
    try (MilvusRpc rpc = MilvusRpc.connect(settings)) {
      ReplicaMode mode = new ReplicaMode(rpc, settings);
      mode.begin();
      return mode.now();
    }
  }

  @Override
  public String toString() {
    return "MilvusTarget[" + settings.uri() + "]";
  }

  /** Collects where the target is. Every setter's default is in its description. */
  public static final class Builder {
    private @Nullable String uri;
    private @Nullable Secret token;
    private @Nullable Path certificates;
    private Duration deadline = Duration.ofSeconds(30);
    private PasswordSource passwords = PasswordSource.NONE;
    private List<String> etcdEndpoints = List.of();
    private String rootPath = "by-dev";
    private @Nullable String etcdUser;
    private @Nullable Secret etcdPassword;
    private @Nullable Path etcdCertificates;
    private @Nullable Path etcdClientCertificate;
    private @Nullable Path etcdClientKey;
    private boolean makeReplica;

    private Builder() {}

    /**
     * The target's address, such as {@code http://standby:19530}; {@code https} for TLS. Required.
     */
    public Builder uri(String address) {
      uri = address;
      return this;
    }

    /** {@code user:password}, or an API key. Default: none. */
    public Builder token(String userAndPassword) {
      token = new Secret(userAndPassword);
      return this;
    }

    /**
     * A PEM file with the authorities that the target's certificate may come from. Default: the
     * JVM's.
     */
    public Builder certificates(Path pem) {
      certificates = pem;
      return this;
    }

    /** How long one request may take before its outcome counts as unknown. Default 30 s. */
    public Builder deadline(Duration longest) {
      deadline = longest;
      return this;
    }

    /**
     * Who tells the passwords of users, for tasks with access: {@link
     * io.milvus.cdc.TaskSpec#withAccess}. A user whose password it tells has that on the target,
     * also where there was another before. Default: nobody; then users are to be made by hand.
     */
    public Builder passwords(PasswordSource teller) {
      passwords = teller;
      return this;
    }

    /**
     * The target's own etcd, such as {@code http://etcd:2379}, which lets {@link
     * io.milvus.cdc.CdcTask#promote} and {@link io.milvus.cdc.CdcTask#demote} switch the target's
     * mode, and {@link #makeReplica} do so at the beginning. Default: none; then what to run is
     * said.
     */
    public Builder etcd(String... endpoints) {
      etcdEndpoints = List.of(endpoints);
      return this;
    }

    /** The target's {@code etcd.rootPath}. Default {@code by-dev}. */
    public Builder rootPath(String path) {
      rootPath = path;
      return this;
    }

    /** A user of the target's etcd, where it asks for one. Default: none. */
    public Builder etcdLogin(String user, String password) {
      etcdUser = user;
      etcdPassword = new Secret(password);
      return this;
    }

    /**
     * A PEM file with the authorities that the certificate of the target's etcd may come from.
     * Default: the JVM's.
     */
    public Builder etcdCertificates(Path pem) {
      etcdCertificates = pem;
      return this;
    }

    /** PEM files with our own certificate for that etcd, and its key. Default: none. */
    public Builder etcdClientCertificate(Path certificatePem, Path keyPem) {
      etcdClientCertificate = certificatePem;
      etcdClientKey = keyPem;
      return this;
    }

    /**
     * Allows a task that begins, or goes on, to make the target a replica where it is none: from
     * then on it takes no writes of others. Needs {@link #etcd}. Not where somebody made it
     * writable on purpose, as {@link io.milvus.cdc.CdcTask#promote} does: where {@code
     * common.ttMsgEnabled} is {@code true} in its etcd, only {@link io.milvus.cdc.CdcTask#demote}
     * or a person leads back. Default: not allowed; an engine for such a target does not start.
     */
    public Builder makeReplica() {
      makeReplica = true;
      return this;
    }

    private @Nullable EtcdSettings etcdSettings() {
      return etcdEndpoints.isEmpty()
          ? null
          : new EtcdSettings(
              etcdEndpoints,
              rootPath,
              "meta",
              etcdUser,
              etcdPassword,
              etcdCertificates,
              etcdClientCertificate,
              etcdClientKey);
    }

    /**
     * The target; nothing is contacted yet.
     *
     * @throws ConfigException where the address is missing, no http(s) address, or plain although
     *     certificates are given, or where it is to be made a replica without its etcd
     */
    public MilvusTarget build() {
      if (uri == null) {
        throw new ConfigException("The target is missing. Give uri(\"http://host:19530\").");
      }
      TargetSettings settings =
          new TargetSettings(
              parse(uri), token, certificates, deadline, passwords, etcdSettings(), makeReplica);
      if (makeReplica && etcdEndpoints.isEmpty()) {
        throw new ConfigException(
            "The target at %s is to be made a replica, and its etcd is not given. Give etcd(...) and rootPath(...), or leave makeReplica out."
                .formatted(uri));
      }
      if (certificates != null && !settings.address().tls()) {
        throw new ConfigException(
            "certificates are given, but the target at %s is to be reached without TLS. Give an https address."
                .formatted(uri));
      }
      return new MilvusTarget(settings);
    }

    private static URI parse(String address) {
      if (address.contains("@")) {
        throw new ConfigException(
            "The target's address holds credentials. Give them as token(\"user:password\").");
      }
      try {
        URI parsed = URI.create(address);
        boolean http = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
        if (http && parsed.getHost() != null) {
          return parsed;
        }
      } catch (IllegalArgumentException e) {
        throw new ConfigException(wrong(address), e);
      }
      throw new ConfigException(wrong(address));
    }

    private static String wrong(String address) {
      return "Target address '%s' is none. Give one like http://host:19530 or https://host:19530."
          .formatted(address);
    }
  }
}
