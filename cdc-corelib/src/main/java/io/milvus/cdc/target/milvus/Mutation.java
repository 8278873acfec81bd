package io.milvus.cdc.target.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.grpc.MutationResult;
import java.util.List;

/** One request that changes rows. It can be sent again at any time. */
sealed interface Mutation permits RowUpsert, KeyDeletion {
  /**
   * Sends it.
   *
   * @throws Refusal where it cannot be put together
   */
  ListenableFuture<MutationResult> start(MilvusRpc rpc) throws Refusal;

  /** The same as two smaller ones, or nothing where it cannot be smaller. */
  List<Mutation> halves() throws Refusal;

  /** What it does, for people: {@code upsert 3 rows into ...}. */
  String what();
}
