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
 * Stores each text in an etcd, below a prefix. The etcd may be that of a Milvus.
 *
 * <p>A claim is a lease of etcd, which a daemon thread of the store renews. If an owner is killed,
 * another can replace it once the lease has expired. If an owner was only suspended, it resumes,
 * unless another owner has taken over. In that case it fails with {@link
 * io.milvus.cdc.error.StaleOwnerException}.
 *
 * <p>A text is compressed, and split if it is still too big for one request. etcd retains all
 * former texts until it is compacted. It therefore needs {@code --auto-compaction-retention}, as
 * Milvus's own etcd has. A running task saves about once a second: for catalogs of many thousand
 * collections, a {@link JdbcStore} is the better choice.
 *
 * <p>Thread-safe. Blocks while the etcd is unreachable: for 5 s at most for each request. A claim
 * retries for the length of the lease at most.
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

  /**
   * Returns a store with the defaults. Contacts nothing yet.
   *
   * @throws ConfigException if an address is not valid
   */
  public static EtcdStore at(String... addresses) {
    return builder().etcd(addresses).build();
  }

  /** Returns a builder of a store. */
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

  /** Releases the open claims. Close the engine first. Idempotent. */
  @Override
  public void close() {
    leases.close();
    etcd.close();
  }

  @Override
  public String toString() {
    return "etcd %s at %s".formatted(root, addresses);
  }

  /** Collects the settings of a store. Each setter states its default. For one thread. */
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
     * Sets the etcd. If it requires a login, the user needs to read and write the {@link #prefix}.
     * Required.
     */
    public Builder etcd(EtcdEndpoint endpoint) {
      etcd = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Sets the prefix of all keys, before a slash. Do not use a Milvus's {@code etcd.rootPath}.
     * Default: {@code milvus-cdc}.
     *
     * @throws ConfigException if it is empty
     */
    public Builder prefix(String begin) {
      if (Objects.requireNonNull(begin, "begin").isEmpty()) {
        throw new ConfigException("The prefix for keys in etcd is empty.", "Set a name.");
      }
      prefix = begin;
      return this;
    }

    /**
     * Sets the time after its last renewal at which an owner can be replaced. A shorter lease frees
     * a name sooner if its owner dies. It also stops the owner sooner if etcd is unreachable.
     * Default: 10 s. Minimum: 2 s. Rounded up to whole seconds.
     *
     * @throws ConfigException if it is shorter
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
