package io.milvus.cdc.store;

import static io.milvus.cdc.store.EtcdReader.ask;

import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.etcd.EtcdConnection;
import io.milvus.cdc.etcd.EtcdLeases;
import io.milvus.cdc.etcd.EtcdTransaction;
import io.milvus.cdc.etcd.EtcdValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One claim in etcd. */
final class EtcdTenure implements Tenure {
  private final EtcdConnection etcd;
  private final EtcdLeases leases;
  private final EtcdKeys keys;
  private final String owner;
  private final Duration length;
  private volatile long lease;

  /** Parts may be left over: of the owner before, or of a write that failed. */
  private boolean untidy = true;

  private int writes;

  /** A claim to be made. */
  EtcdTenure(EtcdConnection etcd, EtcdKeys keys, String owner, Duration length) {
    this.etcd = etcd;
    this.leases = new EtcdLeases(etcd, keys.lease());
    this.keys = keys;
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

  /** The fence, where an earlier try took the name and its answer was lost. */
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

  /** The lease has passed, but the name is ours still where nobody has wanted it since. */
  private boolean retake() throws InterruptedException {
    long fresh = leases.grant(length);
    long revision =
        etcd.transaction(keys.lease())
            .ifAbsent(keys.lease())
            .ifHolds(keys.owner(), owner)
            .put(keys.lease(), owner, fresh)
            .commit();
    if (revision == 0) {
      leases.revoke(fresh);
      return etcd.find(keys.lease()).filter(found -> found.text().equals(owner)).isPresent();
    }
    lease = fresh;
    return true;
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
          "'%s' is owned by %s now."
              .formatted(keys.name(), holder().orElse("nobody, after another")));
    }
    return fence;
  }

  private EtcdTransaction behind(long fence) {
    return etcd.transaction(keys.text()).ifModifiedAt(keys.owner(), fence);
  }

  private long committed(long fence, EtcdTransaction transaction) {
    return ask(transaction::commit) == 0 ? 0 : fence;
  }

  @Override
  public long write(long fence, String packed) {
    List<String> cut = EtcdParts.cut(packed);
    if (cut.size() == 1) {
      long written = committed(fence, behind(fence).put(keys.text(), packed));
      return written == 0 ? 0 : tidied(fence, "");
    }
    untidy = true;
    EtcdParts parts = new EtcdParts("%016x-%08x".formatted(fence, ++writes), cut.size());
    for (int i = 0; i < cut.size(); i++) {
      String key = keys.parts(parts.generation()) + i;
      if (committed(fence, behind(fence).put(key, cut.get(i))) == 0) {
        return 0;
      }
    }
    long written = committed(fence, behind(fence).put(keys.text(), parts.text()));
    return written == 0 ? 0 : tidied(fence, parts.generation());
  }

  /** Deletes what the text does not name, where there may be some. */
  private long tidied(long fence, String kept) {
    if (untidy) {
      EtcdTransaction tidying = behind(fence);
      if (kept.isEmpty()) {
        tidying.delete(keys.parts(), end(keys.parts()));
      } else {
        tidying
            .delete(keys.parts(), keys.parts(kept))
            .delete(end(keys.parts(kept)), end(keys.parts()));
      }
      if (committed(fence, tidying) == 0) {
        return 0;
      }
      untidy = !kept.isEmpty();
    }
    return fence;
  }

  /** The first key that does not begin so: a slash is followed by a zero. */
  private static String end(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + '0';
  }

  @Override
  public long remove(long fence) {
    untidy = true;
    return committed(
        fence, behind(fence).delete(keys.text()).delete(keys.parts(), end(keys.parts())));
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
