package io.milvus.cdc.internal.segments;

import io.milvus.cdc.proto.meta.SegmentInfo;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** Holds the segments of some collections at one revision of the source's etcd. */
final class SegmentListing {
  /** With the slash: the keys of files of filters begin alike. */
  private static final String PREFIX = "datacoord-meta/s/";

  private final Map<Long, Segment> all;
  private final long revision;

  private SegmentListing(Map<Long, Segment> all, long revision) {
    this.all = all;
    this.revision = revision;
  }

  /**
   * Reads the segments.
   *
   * @param meta the prefix of the source's metadata, with its slash
   * @param wanted selects collections by their ids
   */
  static SegmentListing read(MetaKeys etcd, String meta, LongPredicate wanted, long revision)
      throws InterruptedException {
    Map<Long, Segment> all = new TreeMap<>();
    for (Map.Entry<String, byte[]> entry : etcd.below(meta + PREFIX, revision)) {
      Segment segment = parse(entry);
      if (wanted.test(segment.collection())) {
        all.put(segment.id(), segment);
      }
    }
    return new SegmentListing(all, revision);
  }

  private static Segment parse(Map.Entry<String, byte[]> entry) {
    String what = "The record of segment " + entry.getKey();
    return new Segment(Records.parse(what, SegmentInfo.parser(), entry.getValue()));
  }

  long revision() {
    return revision;
  }

  /** Returns the segments with rows, those of a collection together. */
  List<Segment> withRows() {
    return all.values().stream()
        .filter(Segment::hasRows)
        .sorted(Comparator.comparingLong(Segment::collection))
        .toList();
  }

  /**
   * Returns the segments that hold deletes only. Those that a compaction has just replaced count,
   * too: it copies their deletes to other segments in several transactions, in any order.
   *
   * @param since as in {@link #contradictions}
   */
  List<Segment> withDeletesOnly(Instant since) {
    return all.values().stream()
        .filter(Segment::holdsDeletesOnly)
        .filter(segment -> segment.isLiving() || segment.wasCompactedAfter(since))
        .sorted(Comparator.comparingLong(Segment::collection))
        .toList();
  }

  /**
   * Returns the segments that contradict each other, because a compaction is only half recorded: a
   * large one takes several transactions, in any order (Milvus 2.3.5
   * internal/metastore/kv/datacoord/kv_catalog.go). Empty if every row is in exactly one segment.
   *
   * @param since when the oldest compaction can have begun that is still being recorded
   */
  List<Segment> contradictions(Instant since) {
    Set<Long> replaced = new HashSet<>();
    all.values().forEach(segment -> replaced.addAll(segment.parents()));
    List<Segment> found = new ArrayList<>();
    for (Segment segment : all.values()) {
      boolean twice = segment.hasRows() && hasLivingAncestor(segment);
      boolean nowhere =
          !segment.holdsDeletesOnly()
              && segment.wasCompactedAfter(since)
              && !replaced.contains(segment.id());
      if (twice || nowhere) {
        found.add(segment);
      }
    }
    return found;
  }

  private boolean hasLivingAncestor(Segment segment) {
    Deque<Long> open = new ArrayDeque<>(segment.parents());
    Set<Long> seen = new HashSet<>();
    while (!open.isEmpty()) {
      long id = open.remove();
      Segment ancestor = all.get(id);
      if (ancestor != null && seen.add(id)) {
        if (ancestor.hasRows()) {
          return true;
        }
        open.addAll(ancestor.parents());
      }
    }
    return false;
  }
}
