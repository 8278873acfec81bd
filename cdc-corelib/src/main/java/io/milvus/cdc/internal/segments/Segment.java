package io.milvus.cdc.internal.segments;

import io.milvus.cdc.proto.meta.SegmentInfo;
import io.milvus.cdc.proto.meta.SegmentLevel;
import io.milvus.grpc.SegmentState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A segment of a collection, as the source records it (Milvus 2.3.5 internal/datacoord). */
record Segment(SegmentInfo info) {
  private static final Set<SegmentState> WITHOUT_ROWS =
      Set.of(
          SegmentState.SegmentStateNone,
          SegmentState.NotExist,
          SegmentState.Dropped,
          SegmentState.Importing);

  long id() {
    return info.getId();
  }

  long collection() {
    return info.getCollectionId();
  }

  /** Returns its partition; -1 if its deletes concern all partitions. */
  long partition() {
    return info.getPartitionId();
  }

  /** Returns its virtual channel. */
  String channel() {
    return info.getInsertChannel();
  }

  /**
   * Returns whether its files hold rows of the collection that no other segment has (Milvus 2.3.5
   * and 2.5 internal/datacoord/handler.go, GetQueryVChanPositions). Growing segments do: their
   * files exist only once. A compaction's invisible output does not: its parents still count.
   */
  boolean hasRows() {
    return isLiving() && !holdsDeletesOnly();
  }

  /** Returns whether it exists and its content counts. */
  boolean isLiving() {
    return !WITHOUT_ROWS.contains(info.getState())
        && !info.getIsImporting()
        && !info.getIsFake()
        && !(info.getIsInvisible() && info.getCreatedByCompaction());
  }

  /** Returns whether it is a segment of level 0, which 2.4 introduced. */
  boolean holdsDeletesOnly() {
    return info.getLevel() == SegmentLevel.SEGMENT_LEVEL_L0;
  }

  /** Returns whether a compaction has replaced it since some time. */
  boolean wasCompactedAfter(Instant time) {
    return info.getState() == SegmentState.Dropped
        && info.getCompacted()
        && info.getDroppedAt() >= TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli());
  }

  /** Returns the segments that a compaction has put together to this one; empty if none did. */
  List<Long> parents() {
    return info.getCompactionFromList();
  }

  /** Returns the part of all its keys and paths: {@code <collection>/<partition>/<id>}. */
  String path() {
    return "%d/%d/%d".formatted(collection(), partition(), id());
  }
}
