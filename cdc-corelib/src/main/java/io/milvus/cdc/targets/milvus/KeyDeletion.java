package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.internal.milvus.Dialect;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.MutationResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Deletes the rows of some keys.
 *
 * @param keyField the name of the primary key's field
 * @param dialect the target's notation of keys
 * @param partition an empty text for all partitions
 */
record KeyDeletion(
    Binding binding, String keyField, Dialect dialect, String partition, List<Key> keys)
    implements Mutation {
  /** A proxy parses an expression key by key. */
  private static final int KEYS = 1_000;

  /**
   * Far below the 64 MiB that a proxy accepts. A key may have 64 KiB, and four times as many
   * escaped.
   */
  private static final int CHARACTERS = 4 << 20;

  /** Returns as few requests as possible, none of them large. */
  static List<KeyDeletion> of(
      Binding binding,
      String keyField,
      Dialect dialect,
      String partition,
      Collection<Object> values) {
    List<KeyDeletion> all = new ArrayList<>();
    List<Key> some = new ArrayList<>();
    int characters = 0;
    for (Object value : values) {
      Key key = Key.ofValue(value);
      int length = dialect.literal(key).length();
      if (some.size() == KEYS || (!some.isEmpty() && characters + length > CHARACTERS)) {
        all.add(new KeyDeletion(binding, keyField, dialect, partition, List.copyOf(some)));
        some.clear();
        characters = 0;
      }
      some.add(key);
      characters += length;
    }
    if (!some.isEmpty()) {
      all.add(new KeyDeletion(binding, keyField, dialect, partition, List.copyOf(some)));
    }
    return all;
  }

  @Override
  public ListenableFuture<MutationResult> start(TargetRpc rpc) {
    return rpc.start(
        Methods.DELETE,
        DeleteRequest.newBuilder()
            .setDbName(binding.database())
            .setCollectionName(binding.name())
            .setPartitionName(partition)
            .setExpr(dialect.in(keyField, keys))
            .build());
  }

  @Override
  public List<Mutation> halves() {
    int middle = keys.size() / 2;
    return middle == 0
        ? List.of()
        : List.of(with(keys.subList(0, middle)), with(keys.subList(middle, keys.size())));
  }

  private KeyDeletion with(List<Key> fewer) {
    return new KeyDeletion(binding, keyField, dialect, partition, fewer);
  }

  @Override
  public String what() {
    return "delete %d keys from %s%s"
        .formatted(keys.size(), binding.place(), partition.isEmpty() ? "" : "/" + partition);
  }
}
