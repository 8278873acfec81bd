package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.Timestamps;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

/**
 * Describes a target as this process first saw it. A task's checkpoint bounds the timestamps of its
 * own messages. Messages of other checkpoints, or of deleted tasks, on shared channels are bounded
 * by the time of this view only.
 *
 * @param collections the target's ids of all collections at that time
 * @param newest the highest timestamp that may have been sent before
 */
record FirstSight(Set<Long> collections, long newest) {

  static FirstSight of(TargetCatalog target, InstantSource time) throws InterruptedException {
    Set<Long> ids = target.collectionIds();
    long now = Timestamps.of(time.instant());
    return new FirstSight(ids, Timestamps.plusMillis(now, StandbyWriter.LEAD_MILLIS));
  }

  /** Returns the lowest timestamp of a session that knows these collections. */
  long floor(Collection<Long> own) {
    return own.containsAll(collections) ? 0 : newest;
  }
}
