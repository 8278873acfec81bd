package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.internal.client.Key;
import io.milvus.grpc.MutationResult;
import java.util.List;
import java.util.stream.Collectors;

/** One request that changes rows. It can be sent again at any time. */
sealed interface Mutation permits RowUpsert, KeyDeletion {
  /** How many keys a message names. */
  int NAMED = 3;

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

  /** The keys of its rows, as far as they can be read. */
  List<Key> keys();

  /** What it does and to which rows: the first ones, if they are many. */
  default String whole() {
    List<Key> all = keys();
    String first = all.stream().limit(NAMED).map(Key::toString).collect(Collectors.joining(", "));
    return all.isEmpty()
        ? what()
        : "%s (%s %s%s)"
            .formatted(
                what(),
                all.size() == 1 ? "key" : "keys",
                first,
                all.size() > NAMED ? " and %d more".formatted(all.size() - NAMED) : "");
  }
}
