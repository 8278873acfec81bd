package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.internal.client.Dialect;
import io.milvus.grpc.GetVersionRequest;

/**
 * What kind of Milvus a target is, as far as client writes must know.
 *
 * @param version as it tells it
 */
record TargetKind(String version) {
  /** What is no Milvus Lite, for sure. */
  static final TargetKind STANDBY = new TargetKind("2.3");

  static TargetKind of(MilvusRpc rpc) throws InterruptedException {
    return new TargetKind(
        rpc.call(Methods.GET_VERSION, GetVersionRequest.getDefaultInstance()).getVersion());
  }

  /** How it reads keys in expressions. */
  Dialect dialect() {
    return Dialect.ofVersion(version);
  }

  /**
   * A Milvus Lite (3.x, all Python): its collections have no ids and take one writer at a time, an
   * upsert keeps what it does not name of the row before, an index is called as its field, and a
   * collection stays in its database.
   */
  boolean lite() {
    return dialect() == Dialect.LITE;
  }
}
