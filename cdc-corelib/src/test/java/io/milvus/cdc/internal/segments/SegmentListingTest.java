package io.milvus.cdc.internal.segments;

import static io.milvus.cdc.internal.segments.MapKeys.META;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.proto.meta.SegmentInfo;
import io.milvus.cdc.proto.meta.SegmentLevel;
import io.milvus.grpc.SegmentState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentListingTest {
  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
  private static final long COLLECTION = 7;

  private final MapKeys etcd = new MapKeys();

  private static SegmentInfo.Builder segment(long id, SegmentState state) {
    return SegmentInfo.newBuilder()
        .setId(id)
        .setCollectionId(COLLECTION)
        .setPartitionId(70)
        .setInsertChannel("by-dev-rootcoord-dml_0_7v0")
        .setState(state);
  }

  private void put(SegmentInfo.Builder segment) {
    etcd.put(
        "datacoord-meta/s/%d/%d/%d"
            .formatted(segment.getCollectionId(), segment.getPartitionId(), segment.getId()),
        segment.build());
  }

  private void compacted(long id, Instant when) {
    put(
        segment(id, SegmentState.Dropped)
            .setCompacted(true)
            .setDroppedAt(when.toEpochMilli() * 1_000_000));
  }

  private SegmentListing read() throws Exception {
    return SegmentListing.read(etcd, META, id -> id == COLLECTION, 1);
  }

  @Test
  void growingAndSealedSegmentsHaveRowsThatNoOtherFileHas() throws Exception {
    put(segment(1, SegmentState.Growing));
    put(segment(2, SegmentState.Sealed));
    put(segment(3, SegmentState.Flushing));
    put(segment(4, SegmentState.Flushed));
    put(segment(5, SegmentState.Dropped));
    put(segment(6, SegmentState.Importing));
    put(segment(7, SegmentState.Flushed).setIsImporting(true));
    put(segment(8, SegmentState.Flushed).setIsFake(true));
    put(segment(9, SegmentState.Flushed).setCollectionId(8));

    assertThat(read().withRows()).extracting(Segment::id).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void filesOfFiltersAreNoSegments() throws Exception {
    etcd.put(META + "datacoord-meta/statslog/7/70/1/100", "x".getBytes(StandardCharsets.UTF_8));
    etcd.put(META + "datacoord-meta/stats-task/1", "x".getBytes(StandardCharsets.UTF_8));

    assertThat(read().withRows()).isEmpty();
  }

  @Test
  void segmentsOfLevelZeroHoldDeletesOnly() throws Exception {
    put(segment(1, SegmentState.Flushed).setLevel(SegmentLevel.SEGMENT_LEVEL_L0));
    put(segment(2, SegmentState.Flushed).setLevel(SegmentLevel.SEGMENT_LEVEL_L1));

    assertThat(read().withRows()).extracting(Segment::id).containsExactly(2L);
    assertThat(read().withDeletesOnly(NOW)).extracting(Segment::id).containsExactly(1L);
  }

  @Test
  void deletesOfASegmentThatWasJustReplacedCount() throws Exception {
    put(
        segment(1, SegmentState.Dropped)
            .setLevel(SegmentLevel.SEGMENT_LEVEL_L0)
            .setCompacted(true)
            .setDroppedAt(NOW.toEpochMilli() * 1_000_000));

    assertThat(read().withDeletesOnly(NOW)).extracting(Segment::id).containsExactly(1L);
    assertThat(read().withDeletesOnly(NOW.plusSeconds(1))).isEmpty();
    assertThat(read().orphaned(NOW)).isEmpty();
  }

  @Test
  void invisibleSegmentCountsUnlessACompactionCreatedIt() throws Exception {
    put(segment(1, SegmentState.Flushed).setIsInvisible(true));
    put(segment(2, SegmentState.Flushed).setIsInvisible(true).setCreatedByCompaction(true));

    assertThat(read().withRows()).extracting(Segment::id).containsExactly(1L);
  }

  @Test
  void completeCompactionContradictsNothing() throws Exception {
    compacted(1, NOW);
    compacted(2, NOW);
    put(segment(3, SegmentState.Flushed).addCompactionFrom(1).addCompactionFrom(2));

    assertThat(read().orphaned(NOW.minusSeconds(600))).isEmpty();
    assertThat(read().doubled()).isEmpty();
  }

  @Test
  void rowsOfACompactionThatIsHalfRecordedAreTwiceOrNowhere() throws Exception {
    put(segment(1, SegmentState.Flushed));
    compacted(2, NOW);
    put(segment(3, SegmentState.Flushed).addCompactionFrom(1).addCompactionFrom(2));
    compacted(4, NOW);
    compacted(5, NOW.minusSeconds(3600));

    assertThat(read().doubled())
        .containsExactly(Map.entry(3L, "Segment 3 has replaced segment 1, which still exists."));
    assertThat(read().orphaned(NOW.minusSeconds(600))).containsExactly(4L);
  }

  @Test
  void ancestorIsFoundThroughACompactionInBetween() throws Exception {
    put(segment(1, SegmentState.Flushed));
    put(segment(2, SegmentState.Dropped).setCompacted(true).addCompactionFrom(1));
    put(segment(3, SegmentState.Flushed).addCompactionFrom(2));

    assertThat(read().doubled()).containsOnlyKeys(3L);
  }

  @Test
  void unreadableRecordIsNamed() {
    etcd.put(META + "datacoord-meta/s/7/70/1", new byte[] {1, 2, 3});

    assertThatThrownBy(this::read)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("record of segment 7/70/1");
  }
}
