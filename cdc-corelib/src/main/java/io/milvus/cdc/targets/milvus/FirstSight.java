package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.Timestamps;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

/**
 * A target as this process first saw it. A task's checkpoint bounds the timestamps that the task
 * gave itself; what a task of another checkpoint, or one that was deleted, gave to the channels
 * they share is bounded by the time of this sight only.
 *
 * @param collections the target's ids of all that were there
 * @param newest nothing that was sent before has a timestamp above this
 */
record FirstSight(Set<Long> collections, long newest) {

  static FirstSight of(TargetCatalog target, InstantSource time) throws InterruptedException {
    Set<Long> ids = target.collectionIds();
    long now = Timestamps.of(time.instant());
    return new FirstSight(ids, Timestamps.plusMillis(now, StandbyWriter.LEAD_MILLIS));
  }

  /** Where a session that knows these collections must begin to stamp. */
  long floor(Collection<Long> own) {
    return own.containsAll(collections) ? 0 : newest;
  }
}
