package io.milvus.cdc.internal.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.internal.segments.StoredSource.Row;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.sources.ExistingRows.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that resumes does not do again what was done. */
class ResumedReadingTest {
  private static final int SEGMENTS = 5;
  private static final int PARTS = 8;
  private static final int ROWS = 200;
  private static final long LAST = (long) SEGMENTS * PARTS * ROWS;

  @TempDir Path directory;

  private StoredSource source;
  private CountingStorage storage;

  /** Writes segments one after the other, with some deletes of each. */
  @BeforeEach
  void write() throws Exception {
    source = new StoredSource(directory);
    // Each part has the size of a window.
    source.factor = 10_000;
    long time = 1;
    for (long segment = 1; segment <= SEGMENTS; segment++) {
      for (int part = 0; part < PARTS; part++) {
        source.part(
            segment,
            LongStream.range(time, time + ROWS).mapToObj(key -> new Row(key, key)).toList());
        time += ROWS;
      }
      source.deletes(segment, true, List.of(new Row(time - 1, LAST)));
    }
    source.store();
    storage = new CountingStorage(ObjectStorage.open(new DirectoryEndpoint(directory)));
  }

  /** Returns how often a reading opens each object. */
  private Map<String, Integer> read(long after) throws Exception {
    StoredParts parts = new StoredParts(source.etcd, MapKeys.META, storage, Duration.ofMillis(1));
    Path spill = directory.resolve("spill");
    StoredRows rows = new StoredRows("by-dev", parts, 1 << 20, spill);
    try (var reading = rows.read(new Span(after, LAST, LAST), List.of(source.collection()))) {
      StoredSource.rest(reading, after);
    }
    return storage.takeOpened();
  }

  private static Set<String> segments(Map<String, Integer> read) {
    Set<String> segments = new TreeSet<>();
    read.keySet().forEach(name -> segments.add(name.split("/", -1)[3]));
    return segments;
  }

  @Test
  void aFileBelowTheWatermarkIsNotOpened() throws Exception {
    Map<String, Integer> all = read(0);
    Map<String, Integer> last = read(LAST - ROWS);

    assertThat(segments(all)).hasSize(SEGMENTS);
    // The columns of one part, and the deletes of its segment.
    assertThat(segments(last)).containsExactly(Integer.toString(SEGMENTS));
    assertThat(last).hasSize(5);
    assertThat(read(LAST)).isEmpty();
  }

  @Test
  void readingAllRowsOpensEachFileFewTimes() throws Exception {
    Map<String, Integer> all = read(0);

    assertThat(all).hasSize(SEGMENTS * (4 * PARTS + 1));
    all.forEach(
        (name, count) ->
            assertThat(count)
                .as(name)
                // Deletes are read with each window that has rows of the segment.
                .isLessThanOrEqualTo(name.startsWith("delta_log") ? PARTS + 2 : 4));
  }

  @Test
  void deletesOfLevelZeroAreReadOnceForAllWindows() throws Exception {
    source.levelZero(50, StoredSource.PARTITION);
    source.deletes(50, true, LongStream.range(1, 2000).mapToObj(k -> new Row(k, LAST)).toList());
    source.store();
    Map<String, Integer> all = read(0);
    String deletes =
        all.keySet().stream().filter(name -> name.contains("/50/")).findFirst().orElseThrow();

    assertThat(all.get(deletes)).isOne();
  }
}
