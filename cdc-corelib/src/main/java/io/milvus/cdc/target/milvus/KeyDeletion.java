package io.milvus.cdc.target.milvus;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.client.Key;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.MutationResult;
import java.util.Collection;
import java.util.List;

/**
 * The removal of the rows of some keys.
 *
 * @param keyField the name of the primary key's field
 * @param partition empty for all partitions
 */
record KeyDeletion(Binding binding, String keyField, String partition, List<Key> keys)
    implements Mutation {
  /** A proxy reads an expression key by key, and long texts are keys, too. */
  private static final int KEYS = 1_000;

  static List<Mutation> of(
      Binding binding, String keyField, String partition, Collection<Object> keys) {
    List<Key> all = keys.stream().map(KeyDeletion::key).toList();
    return Lists.partition(all, KEYS).stream()
        .<Mutation>map(some -> new KeyDeletion(binding, keyField, partition, some))
        .toList();
  }

  private static Key key(Object value) {
    return value instanceof Long number ? Key.of(number) : Key.of(value.toString());
  }

  @Override
  public ListenableFuture<MutationResult> start(MilvusRpc rpc) {
    return rpc.start(
        Methods.DELETE,
        DeleteRequest.newBuilder()
            .setDbName(binding.database())
            .setCollectionName(binding.name())
            .setPartitionName(partition)
            .setExpr(Key.in(keyField, keys))
            .build());
  }

  @Override
  public List<Mutation> halves() {
    int middle = keys.size() / 2;
    return middle == 0
        ? List.of()
        : List.of(
            new KeyDeletion(binding, keyField, partition, keys.subList(0, middle)),
            new KeyDeletion(binding, keyField, partition, keys.subList(middle, keys.size())));
  }

  @Override
  public String what() {
    return "delete %d keys from %s%s"
        .formatted(keys.size(), binding.place(), partition.isEmpty() ? "" : "/" + partition);
  }
}
