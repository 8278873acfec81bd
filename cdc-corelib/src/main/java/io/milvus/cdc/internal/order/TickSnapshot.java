package io.milvus.cdc.internal.order;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the ticks and ends that the channels had reported when a turn began.
 *
 * <p>Milvus writes a change of the catalog to etcd before it emits a tick or drop message that
 * covers it. So a catalog that is read after the snapshot contains every change up to the snapshot.
 * A catalog that was read before the snapshot may not. Later messages must not be used with that
 * catalog.
 *
 * @param ticks the last tick, by channel
 * @param ended the collections of which nothing follows, by channel
 */
public record TickSnapshot(Map<String, Long> ticks, Map<String, Set<Long>> ended) {

  /** Returns the timestamp up to which everything is known, by the channels that are awaited. */
  long frontier(List<Demand> demands) {
    long frontier = Long.MAX_VALUE;
    // If no channel is awaited, any tick or drop proves that the catalog holds all earlier changes.
    long freely = ticks.values().stream().mapToLong(Long::longValue).max().orElse(0);
    for (Demand demand : demands) {
      long tick = ticks.getOrDefault(demand.channel(), 0L);
      if (tick < demand.until() && !hasEnded(demand)) {
        frontier = Math.min(frontier, Math.max(demand.knownUpTo(), tick));
      } else {
        freely = Math.max(freely, demand.until() - 1);
      }
    }
    return frontier == Long.MAX_VALUE ? freely : frontier;
  }

  private boolean hasEnded(Demand demand) {
    return ended.getOrDefault(demand.channel(), Set.of()).contains(demand.collectionId());
  }
}
