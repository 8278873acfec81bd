package io.milvus.cdc.internal.segments;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows segments that a compaction has dropped through several listings, and says for which of
 * them the new segment may still be recorded. A source that collects garbage fast may have replaced
 * and collected the new segment before the old ones (2.3.5 internal/datacoord/garbage_collector.go,
 * clearEtcd). For one thread.
 */
final class Orphans {
  /**
   * A segment without a new one in so many listings never gets one. The source has its rows in
   * later segments, or has lost them and does not serve them either.
   */
  private static final int LISTINGS = 10;

  private final Set<Long> replaced = new HashSet<>();
  private final Map<Long, Integer> seen = new HashMap<>();

  /**
   * Returns the segments whose rows may be recorded soon, each with a sentence that says so.
   *
   * @param since when the oldest compaction can have begun that is still being recorded
   */
  Map<Long, String> of(SegmentListing listing, Instant since) {
    replaced.addAll(listing.replaced());
    Map<Long, String> waiting = new TreeMap<>();
    for (long id : listing.orphaned(since)) {
      if (!replaced.contains(id) && seen.merge(id, 1, Integer::sum) <= LISTINGS) {
        waiting.put(id, "Segment %d was replaced, but no segment has its rows.".formatted(id));
      }
    }
    return waiting;
  }
}
