package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.DataType;
import java.util.List;
import java.util.stream.LongStream;

/** Provides the keys that one thread uses in one collection, and no other thread. */
final class KeyRange {
  private static final int BITS = 40;

  private final DataType type;
  private final int owner;
  private long used;

  KeyRange(DataType type, int owner) {
    this.type = type;
    this.owner = owner;
  }

  /** Returns keys that were not used before. */
  List<Key> fresh(int count) {
    used += count;
    return some(used - count, count);
  }

  /** Returns the number of used keys. */
  long used() {
    return used;
  }

  /** Returns keys that were used, whether their rows still exist or not. */
  List<Key> some(long first, int count) {
    return LongStream.range(first, Math.min(first + count, used)).mapToObj(this::key).toList();
  }

  private Key key(long number) {
    // The first owner's keys are negative, because these must sort and hash correctly, too.
    return type == DataType.VarChar
        ? Key.of("%d-%08d".formatted(owner, number))
        : Key.of((((long) owner - 1) << BITS) + number);
  }
}
