package io.milvus.cdc.store;

import static io.milvus.cdc.store.EtcdReader.ask;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.EtcdLeases;
import io.milvus.cdc.internal.etcd.EtcdValue;
import java.time.Duration;
import java.util.Optional;

/** Owns one name in etcd. */
final class EtcdTenure implements Tenure {
  /** The revision of a missing key. */
  private static final long NEVER = 0;

  private final EtcdConnection etcd;
  private final EtcdLeases leases;
  private final EtcdKeys keys;
  private final EtcdWriter writer;
  private final String owner;
  private final Duration length;
  private volatile long lease;

  /** Creates a tenure that has not taken the name yet. */
  EtcdTenure(EtcdConnection etcd, EtcdKeys keys, String owner, Duration length) {
    this.etcd = etcd;
    this.leases = new EtcdLeases(etcd, keys.lease());
    this.keys = keys;
    this.writer = new EtcdWriter(etcd, keys);
    this.owner = owner;
    this.length = length;
  }

  @Override
  public long take() {
    return ask(
        () -> {
          if (lease == 0) {
            lease = leases.grant(length);
          }
          long revision =
              etcd.transaction(keys.owner())
                  .ifAbsent(keys.lease())
                  .put(keys.lease(), owner, lease)
                  .put(keys.owner(), owner)
                  .commit();
          return revision == 0 ? taken() : revision;
        });
  }

  /** Returns the fence, if an earlier try took the name and its answer was lost. */
  private long taken() throws InterruptedException {
    Optional<EtcdValue> found = etcd.find(keys.owner());
    if (found.isPresent() && found.get().text().equals(owner)) {
      return found.get().modified();
    }
    leases.revoke(lease);
    return 0;
  }

  @Override
  public Optional<String> holder() {
    return ask(() -> etcd.find(keys.owner())).map(EtcdValue::text);
  }

  @Override
  public boolean renew() {
    return ask(() -> leases.renew(lease) || retake());
  }

  /**
   * Takes the name again after the lease has expired, if no other owner has taken it since. Accepts
   * only the value that was just read: a late request must not tie the key to a lease that is no
   * longer renewed.
   */
  private boolean retake() throws InterruptedException {
    long seen = etcd.find(keys.lease()).map(EtcdValue::modified).orElse(NEVER);
    long fresh = leases.grant(length);
    long revision =
        etcd.transaction(keys.lease())
            .ifHolds(keys.owner(), owner)
            .ifModifiedAt(keys.lease(), seen)
            .put(keys.lease(), owner, fresh)
            .commit();
    if (revision != 0) {
      lease = fresh;
      return true;
    }
    leases.revoke(fresh);
    if (holder().filter(owner::equals).isPresent()) {
      throw new RetriableException("An earlier attempt has only just arrived", "");
    }
    return false;
  }

  @Override
  public long moveFence() {
    long fence =
        ask(
            () ->
                etcd.transaction(keys.owner())
                    .ifHolds(keys.owner(), owner)
                    .put(keys.owner(), owner)
                    .commit());
    if (fence == 0) {
      throw new StaleOwnerException(
          "'%s' is now owned by %s."
              .formatted(keys.name(), holder().orElse("no process, after another owner")),
          "");
    }
    return fence;
  }

  @Override
  public long write(long fence, String packed) {
    return writer.write(fence, packed) ? fence : 0;
  }

  @Override
  public long remove(long fence) {
    return writer.remove(fence) ? fence : 0;
  }

  @Override
  public Optional<String> read() {
    return new EtcdReader(etcd).packed(keys);
  }

  @Override
  public void release() {
    ask(
        () -> {
          etcd.transaction(keys.owner())
              .ifHolds(keys.owner(), owner)
              .delete(keys.owner())
              .delete(keys.lease())
              .commit();
          leases.revoke(lease);
          return true;
        });
  }
}
