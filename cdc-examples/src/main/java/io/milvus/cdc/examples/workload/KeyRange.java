package io.milvus.cdc.examples.workload;

import io.milvus.cdc.internal.client.Key;
import io.milvus.grpc.DataType;
import java.util.List;
import java.util.stream.LongStream;

/** The keys that one thread uses in one collection, and no other thread. */
final class KeyRange {
  private static final int BITS = 40;

  private final DataType type;
  private final int owner;
  private long used;

  KeyRange(DataType type, int owner) {
    this.type = type;
    this.owner = owner;
  }

  /** Keys that were not used before. */
  List<Key> fresh(int count) {
    used += count;
    return some(used - count, count);
  }

  /** How many keys were used. */
  long used() {
    return used;
  }

  /** Keys that were used, whether their rows are still there or not. */
  List<Key> some(long first, int count) {
    return LongStream.range(first, Math.min(first + count, used)).mapToObj(this::key).toList();
  }

  private Key key(long number) {
    // The first owner's keys are negative: they must sort and hash right, too.
    return type == DataType.VarChar
        ? Key.of("%d-%08d".formatted(owner, number))
        : Key.of((((long) owner - 1) << BITS) + number);
  }
}
