package io.milvus.cdc.store;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
  private final List<String> addresses;
  private final String root;
  private final Duration length;
  private final Leases leases;

  private EtcdStore(EtcdEndpoint endpoint, Builder builder) {
    length = builder.lease;
    addresses = endpoint.addresses();
    root = builder.prefix + "/";
    etcd = EtcdConnection.open(endpoint, Keyspace.ours(root), Lease.patience(length));
    leases = new Leases(length);
  }

  /** A store with the defaults. Nothing is contacted yet. */
  public static EtcdStore at(String... addresses) {
    return builder().etcd(addresses).build();
  }

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
      throw new CheckpointException("%s cannot be used: %s".formatted(this, e.getMessage()), "", e);
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
    return "etcd %s at %s".formatted(root, addresses);
  }

  /** Collects where the etcd is. Every setter's default is in its description. */
  public static final class Builder {
    private @Nullable EtcdEndpoint etcd;
    private String prefix = "milvus-cdc";
    private Duration lease = Lease.USUAL;

    private Builder() {}

    /** Sets the etcd at addresses such as {@code http://etcd:2379}. See {@link EtcdEndpoint#at}. */
    public Builder etcd(String... addresses) {
      return etcd(EtcdEndpoint.at(addresses));
    }

    /**
     * Sets the etcd. If it asks for a login, the user needs to read and write the {@link #prefix}.
     * Required.
     */
    public Builder etcd(EtcdEndpoint endpoint) {
      etcd = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * What the keys begin with, before a slash. No Milvus's {@code etcd.rootPath}. Default {@code
     * milvus-cdc}.
     *
     * @throws ConfigException where it is empty
     */
    public Builder prefix(String begin) {
      if (Objects.requireNonNull(begin, "begin").isEmpty()) {
        throw new ConfigException("The prefix for keys in etcd is empty.", "Set a name.");
      }
      prefix = begin;
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
      lease = Lease.checked(Objects.requireNonNull(length, "length"));
      return this;
    }

    /**
     * Creates the store. Nothing is contacted yet.
     *
     * @throws ConfigException if the etcd is missing
     */
    public EtcdStore build() {
      if (etcd == null) {
        throw new ConfigException(
            "The etcd of the store is missing.", "Set etcd, such as http://host:2379.");
      }
      return new EtcdStore(etcd, this);
    }
  }
}
