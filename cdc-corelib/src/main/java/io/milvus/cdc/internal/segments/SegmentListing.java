package io.milvus.cdc.internal.segments;

import io.milvus.cdc.proto.meta.SegmentInfo;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

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
   * @param since as in {@link #orphaned}
   */
  List<Segment> withDeletesOnly(Instant since) {
    return all.values().stream()
        .filter(Segment::holdsDeletesOnly)
        .filter(segment -> segment.isLiving() || segment.wasCompactedAfter(since))
        .sorted(Comparator.comparingLong(Segment::collection))
        .toList();
  }

  /**
   * Returns the segments whose rows another living segment has, too, each with a sentence that says
   * so. A compaction is then only half recorded: a large one takes several transactions, in any
   * order (Milvus 2.3.5 internal/metastore/kv/datacoord/kv_catalog.go).
   */
  Map<Long, String> doubled() {
    Map<Long, String> found = new TreeMap<>();
    for (Segment segment : all.values()) {
      Segment ancestor = segment.hasRows() ? livingAncestor(segment) : null;
      if (ancestor != null) {
        found.put(
            segment.id(),
            "Segment %d has replaced segment %d, which still exists."
                .formatted(segment.id(), ancestor.id()));
      }
    }
    return found;
  }

  /** Returns the segments that other listed segments have replaced. */
  Set<Long> replaced() {
    Set<Long> replaced = new HashSet<>();
    all.values().forEach(segment -> replaced.addAll(segment.parents()));
    return replaced;
  }

  /**
   * Returns the segments with rows that a compaction has dropped, and that no listed segment has
   * replaced. Either the compaction is only half recorded, or the new segment was replaced itself
   * and is collected as garbage already.
   *
   * @param since when the oldest compaction can have begun that is still being recorded
   */
  Set<Long> orphaned(Instant since) {
    Set<Long> found = new TreeSet<>();
    for (Segment segment : all.values()) {
      if (!segment.holdsDeletesOnly() && segment.wasCompactedAfter(since)) {
        found.add(segment.id());
      }
    }
    found.removeAll(replaced());
    return found;
  }

  private @Nullable Segment livingAncestor(Segment segment) {
    Deque<Long> open = new ArrayDeque<>(segment.parents());
    Set<Long> seen = new HashSet<>();
    while (!open.isEmpty()) {
      long id = open.remove();
      Segment ancestor = all.get(id);
      if (ancestor != null && seen.add(id)) {
        if (ancestor.hasRows()) {
          return ancestor;
        }
        open.addAll(ancestor.parents());
      }
    }
    return null;
  }
}
