package io.milvus.cdc.internal.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.binlog.TimeBuckets;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.proto.meta.SegmentInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int MB = 1 << 20;
  private static final Address TO = new Address("dml_0", "dml_0_7v0", "", "docs", 7, "", 70);

  private final List<StoredPart> parts = new ArrayList<>();
  private final List<StoredPart> sampled = new ArrayList<>();

  private void part(long from, long to, long bytes) {
    long id = parts.size();
    parts.add(
        new StoredPart(
            new Part(
                new Segment(SegmentInfo.newBuilder().setId(id).build()),
                Map.of(1L, new LogFile(id, "file", 1000, from, to, bytes))),
            TO,
            List.of(),
            new DeleteFiles(Set.of(), List.of())));
  }

  private TimeBuckets choose(long after, long upTo) throws InterruptedException {
    return Window.choose(
        parts,
        after,
        upTo,
        part -> {
          sampled.add(part);
          part.found(
              Spread.sampled(
                  part.from(),
                  part.newest(),
                  LongStream.rangeClosed(1, 256)
                      .map(i -> part.from() + (part.newest() - part.from()) * i / 256)
                      .toArray()),
              after);
        });
  }

  private static long end(TimeBuckets times) {
    return times.end(times.count() - 1);
  }

  @Test
  void aWindowOfOnePartHasFourBucketsOfEightMegabytes() throws Exception {
    part(1001, 11_000, 100 * MB);

    TimeBuckets times = choose(0, 100_000);
    assertThat(times.count()).isEqualTo(4);
    assertThat(times.end(0)).isBetween(1790L, 1850L);
    assertThat(end(times)).isBetween(4190L, 4250L);
    assertThat(choose(end(times), 100_000).end(0)).isBetween(4950L, 5100L);
  }

  @Test
  void theLastWindowEndsWithTheSpan() throws Exception {
    part(1, 100, 20 * MB);

    assertThat(end(choose(0, Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    assertThat(end(choose(0, 70))).isEqualTo(70);
    assertThat(end(choose(100, 101))).isEqualTo(101);
  }

  @Test
  void manyPartsAtOnceAreReadInMegabytesOfEach() throws Exception {
    for (int i = 0; i < 100; i++) {
      part(1, 1_000_000, 64 * MB);
    }

    assertThat(end(choose(0, 2_000_000))).isBetween(60_000L, 66_500L);
  }

  @Test
  void thousandsOfPartsAreReadInOneGigabyte() throws Exception {
    for (int i = 0; i < 2000; i++) {
      part(1, 1_000_000, 16 * MB);
    }

    TimeBuckets times = choose(0, 2_000_000);
    assertThat(end(times)).isBetween(31_000L, 36_000L);
    assertThat(times.count()).isLessThanOrEqualTo(129);
  }

  @Test
  void onlyPartsOfTheWindowAreSampledAndSmallOnesAreNot() throws Exception {
    part(1, 1000, 40 * MB);
    part(1, 1000, 1000);
    part(2000, 3000, 40 * MB);

    choose(0, 10_000);
    assertThat(sampled).containsExactly(parts.get(0));
  }

  @Test
  void theRowsOfABulkImportShareNoBucketWithOtherRows() throws Exception {
    part(1, 499, 4 * MB);
    part(500, 500, 40 * MB);
    part(501, 999, 4 * MB);

    TimeBuckets times = choose(0, 100_000);
    assertThat(times.end(0)).isEqualTo(499);
    assertThat(times.end(1)).isEqualTo(500);
  }
}
