package io.milvus.cdc.store;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.EtcdSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each text in an etcd, which may be a Milvus's, below a prefix of our own.
 *
 * <p>A claim is a lease of etcd, renewed by a daemon thread of the store. The owner that was killed
 * is replaced once its lease has passed; one that was only held up goes on, unless another has
 * taken over, and then fails with {@link io.milvus.cdc.error.StaleOwnerException}.
 *
 * <p>A text is compressed, and cut where it is still too big for one request. etcd keeps all that
 * were written until it is compacted, so it needs {@code --auto-compaction-retention}, as Milvus's
 * own has. A task of ours writes every second or so: for catalogs of many thousand collections a
 * {@link JdbcStore} is the better place.
 *
 * <p>Thread-safe. Waits for an etcd that is away, but for no request longer than 5 s.
 */
public final class EtcdStore implements Store {
  private final EtcdConnection etcd;
  private final List<String> endpoints;
  private final String root;
  private final Duration length;
  private final Leases leases;

  private EtcdStore(Builder builder) {
    length = builder.lease;
    etcd = EtcdConnection.open(builder.settings(), Lease.patience(length));
    endpoints = builder.endpoints;
    root = builder.prefix + "/";
    leases = new Leases(length);
  }

  /** A store with the defaults. Nothing is contacted yet. */
  public static EtcdStore at(String... endpoints) {
    return builder().etcd(endpoints).build();
  }

  /** Collects where the etcd is. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Claim claim(String name) {
    EtcdKeys keys = new EtcdKeys(root, name);
    return leases.claim(what(name), new EtcdTenure(etcd, keys, OwnerName.next(), length));
  }

  private String what(String name) {
    return "'%s' in %s".formatted(name, this);
  }

  @Override
  public Optional<String> read(String name) {
    return answer(() -> new EtcdReader(etcd).packed(new EtcdKeys(root, name)))
        .map(packed -> PackedText.unpack(what(name), packed));
  }

  @Override
  public List<String> names() {
    return answer(() -> etcd.names(EtcdKeys.texts(root)));
  }

  private <T> T answer(EtcdReader.Question<T> question) {
    try {
      return EtcdReader.ask(question);
    } catch (RetriableException e) {
      throw new CheckpointException("%s cannot be used: %s".formatted(this, e.getMessage()), e);
    }
  }

  /** Gives up the claims that are open; the engine should be closed before. Idempotent. */
  @Override
  public void close() {
    leases.close();
    etcd.close();
  }

  @Override
  public String toString() {
    return "etcd %s at %s".formatted(root, endpoints);
  }

  /** Collects where the etcd is. Every setter's default is in its description. */
  public static final class Builder {
    private List<String> endpoints = List.of();
    private String prefix = "milvus-cdc";
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable Path certificates;
    private @Nullable Path clientCertificate;
    private @Nullable Path clientKey;
    private Duration lease = Lease.USUAL;

    private Builder() {}

    /** The etcd endpoints, such as {@code http://etcd:2379}; {@code https} for TLS. Required. */
    public Builder etcd(String... etcdEndpoints) {
      endpoints = List.of(etcdEndpoints);
      return this;
    }

    /**
     * What the keys begin with, before a slash. No Milvus's {@code etcd.rootPath}. Default {@code
     * milvus-cdc}.
     *
     * @throws ConfigException where it is empty
     */
    public Builder prefix(String begin) {
      if (begin.isEmpty()) {
        throw new ConfigException("The prefix for keys in etcd is empty. Give a name.");
      }
      prefix = begin;
      return this;
    }

    /** The user for etcd, which needs to read and write the prefix. Default: none. */
    public Builder etcdLogin(String etcdUser, String etcdPassword) {
      user = etcdUser;
      password = new Secret(etcdPassword);
      return this;
    }

    /**
     * A PEM file with the authorities that etcd's certificate may come from. Default: the JVM's.
     */
    public Builder etcdCertificates(Path pem) {
      certificates = pem;
      return this;
    }

    /**
     * PEM files with our own certificate and its unencrypted PKCS#8 key, for an etcd with {@code
     * --client-cert-auth}. Default: none.
     */
    public Builder etcdClientCertificate(Path certificatePem, Path keyPem) {
      clientCertificate = certificatePem;
      clientKey = keyPem;
      return this;
    }

    /**
     * How long after its last sign of life an owner is replaced. Shorter means that a name is had
     * sooner elsewhere, and stops sooner where etcd is away. Default 10 s, at least 2 s, rounded up
     * to whole seconds.
     *
     * @throws ConfigException where it is shorter
     */
    public Builder lease(Duration length) {
      lease = Lease.checked(length);
      return this;
    }

    /**
     * The store; nothing is contacted yet.
     *
     * @throws ConfigException where an address is missing or none, or plain although certificates
     *     are given
     */
    public EtcdStore build() {
      if (endpoints.isEmpty()) {
        throw new ConfigException(
            "The etcd of the store is missing. Set etcd, such as http://host:2379.");
      }
      if (certificates != null && !settings().tls()) {
        throw new ConfigException(
            "etcdCertificates are given, but etcd at %s is to be reached without TLS. Give https addresses."
                .formatted(endpoints));
      }
      return new EtcdStore(this);
    }

    private EtcdSettings settings() {
      return new EtcdSettings(
          endpoints, prefix, "", user, password, certificates, clientCertificate, clientKey);
    }
  }
}
