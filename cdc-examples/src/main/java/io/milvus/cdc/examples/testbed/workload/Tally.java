package io.milvus.cdc.examples.testbed.workload;

import java.util.concurrent.atomic.LongAdder;

/** Counts the work of a workload's threads. */
final class Tally {
  final LongAdder inserted = new LongAdder();
  final LongAdder upserted = new LongAdder();
  final LongAdder deleted = new LongAdder();
  final LongAdder collections = new LongAdder();
  final LongAdder collectionsDropped = new LongAdder();
  final LongAdder partitions = new LongAdder();
  final LongAdder partitionsDropped = new LongAdder();
  final LongAdder renames = new LongAdder();
  final LongAdder errors = new LongAdder();

  long rows() {
    return inserted.sum() + upserted.sum();
  }

  Written written() {
    return new Written(
        inserted.sum(),
        upserted.sum(),
        deleted.sum(),
        collections.sum(),
        collectionsDropped.sum(),
        partitions.sum(),
        partitionsDropped.sum(),
        renames.sum(),
        errors.sum());
  }
}
