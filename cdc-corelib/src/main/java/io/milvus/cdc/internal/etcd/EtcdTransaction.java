package io.milvus.cdc.internal.etcd;

import static io.milvus.cdc.internal.etcd.EtcdConnection.bytes;

import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.util.ArrayList;
import java.util.List;

/** Collects changes that are applied all at once if all conditions hold, or not at all. */
public final class EtcdTransaction {
  private final EtcdConnection etcd;
  private final String about;
  private final List<Cmp> conditions = new ArrayList<>();
  private final List<Op> changes = new ArrayList<>();

  EtcdTransaction(EtcdConnection etcd, String about) {
    this.etcd = etcd;
    this.about = about;
  }

  public EtcdTransaction ifAbsent(String key) {
    return when(key, CmpTarget.version(0));
  }

  public EtcdTransaction ifHolds(String key, String value) {
    return when(key, CmpTarget.value(bytes(value)));
  }

  /** Requires that the key's present value has this revision. */
  public EtcdTransaction ifModifiedAt(String key, long revision) {
    return when(key, CmpTarget.modRevision(revision));
  }

  private EtcdTransaction when(String key, CmpTarget<?> target) {
    conditions.add(new Cmp(bytes(key), Cmp.Op.EQUAL, target));
    return this;
  }

  public EtcdTransaction put(String key, String value) {
    return put(key, value, PutOption.DEFAULT);
  }

  /** Writes a key that is deleted with its lease. */
  public EtcdTransaction put(String key, String value, long lease) {
    return put(key, value, PutOption.builder().withLeaseId(lease).build());
  }

  private EtcdTransaction put(String key, String value, PutOption option) {
    changes.add(Op.put(bytes(key), bytes(value), option));
    return this;
  }

  public EtcdTransaction delete(String key) {
    changes.add(Op.delete(bytes(key), DeleteOption.DEFAULT));
    return this;
  }

  /** Deletes the keys from one key, inclusive, to another, exclusive. */
  public EtcdTransaction delete(String from, String to) {
    changes.add(Op.delete(bytes(from), DeleteOption.builder().withRange(bytes(to)).build()));
    return this;
  }

  /**
   * Commits the changes. Returns their revision, or 0 if a condition did not hold.
   *
   * @throws io.milvus.cdc.error.RetriableException if there was no answer; the changes may have
   *     been applied, or may be applied later
   */
  public long commit() throws InterruptedException {
    TxnResponse answer = etcd.commit("write", about, conditions, changes);
    return answer.isSucceeded() ? answer.getHeader().getRevision() : 0;
  }
}
