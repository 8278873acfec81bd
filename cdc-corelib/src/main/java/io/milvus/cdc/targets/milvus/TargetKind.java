package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.internal.milvus.Dialect;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.GetVersionRequest;

/**
 * Describes the kind of Milvus of a target, as far as client writes need it.
 *
 * @param version the version that it reports
 */
record TargetKind(String version) {
  /** A kind that is certainly not a Milvus Lite. */
  static final TargetKind STANDBY = new TargetKind("2.3");

  static TargetKind of(TargetRpc rpc) throws InterruptedException {
    return new TargetKind(
        rpc.call(Methods.GET_VERSION, GetVersionRequest.getDefaultInstance()).getVersion());
  }

  /** Returns its notation of keys in expressions. */
  Dialect dialect() {
    return Dialect.ofVersion(version);
  }

  /**
   * Returns whether it is a Milvus Lite (3.x, all Python). Its collections have no ids and accept
   * one writer at a time. An upsert retains fields that it does not name. An index has the name of
   * its field, and a collection stays in its database.
   */
  boolean lite() {
    return dialect() == Dialect.LITE;
  }
}
