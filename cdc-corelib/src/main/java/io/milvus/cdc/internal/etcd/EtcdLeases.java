package io.milvus.cdc.internal.etcd;

import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.error.Causes;
import java.time.Duration;

/** Grants leases, which preserve keys for as long as the leases are renewed. Thread-safe. */
public record EtcdLeases(EtcdConnection etcd, String about) {
  /** Returns a new lease, of whole seconds. */
  public long grant(Duration length) throws InterruptedException {
    return etcd.answer(
            "write", about, to -> to.getLeaseClient().grant(length.plusMillis(999).toSeconds()))
        .getID();
  }

  /** Requests another term. Returns false if the lease has expired. */
  public boolean renew(long lease) throws InterruptedException {
    try {
      return etcd.answer("write", about, to -> to.getLeaseClient().keepAliveOnce(lease)).getTTL()
          > 0;
    } catch (RetriableException e) {
      if (notFound(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Ends a lease, and the keys with it. */
  public void revoke(long lease) throws InterruptedException {
    try {
      etcd.answer("write", about, to -> to.getLeaseClient().revoke(lease));
    } catch (RetriableException e) {
      if (!notFound(e)) {
        throw e;
      }
    }
  }

  private static boolean notFound(RetriableException e) {
    return Causes.find(e, EtcdException.class)
        .filter(told -> told.getErrorCode() == ErrorCode.NOT_FOUND)
        .isPresent();
  }
}
