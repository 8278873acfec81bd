package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.MutationResult;
import java.util.List;
import java.util.stream.Collectors;

/** Changes rows by one request, which can be repeated at any time. */
sealed interface Mutation permits RowUpsert, KeyDeletion {
  /** The number of keys that a message lists. */
  int NAMED = 3;

  /**
   * Sends the request.
   *
   * @throws Refusal if the request cannot be created
   */
  ListenableFuture<MutationResult> start(TargetRpc rpc) throws Refusal;

  /** Returns two smaller requests, or none if this cannot be divided. */
  List<Mutation> halves() throws Refusal;

  /** Returns a description for people: {@code upsert 3 rows into ...}. */
  String what();

  /** Returns the keys of its rows, as far as they can be read. */
  List<Key> keys();

  /** Returns the description with the rows: the first ones, if they are many. */
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
