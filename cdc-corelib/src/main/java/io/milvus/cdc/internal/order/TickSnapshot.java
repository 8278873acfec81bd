package io.milvus.cdc.internal.order;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the channels had told when a turn began. Milvus writes a change of the catalog to etcd
 * before it lets out a tick or a drop message that covers it, so a catalog that was asked for after
 * the snapshot knows every change the snapshot speaks of. One that was asked for before may not:
 * what readers see later must not be used with it.
 *
 * @param ticks the last tick, by channel
 * @param ended the collections of which nothing follows, by channel
 */
public record TickSnapshot(Map<String, Long> ticks, Map<String, Set<Long>> ended) {

  /** Up to where everything is known, given who has to be waited for. */
  long frontier(List<Demand> demands) {
    long frontier = Long.MAX_VALUE;
    // With nobody to wait for, any tick or drop tells that what came before it is in the catalog.
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
