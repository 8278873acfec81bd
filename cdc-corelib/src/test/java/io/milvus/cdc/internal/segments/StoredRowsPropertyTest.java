package io.milvus.cdc.internal.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.segments.StoredSource.Read;
import io.milvus.cdc.internal.segments.StoredSource.Row;
import io.milvus.cdc.sources.ExistingRows.Span;
import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRowsPropertyTest {
  private static final Comparator<Row> ORDER =
      Comparator.comparingLong(Row::time).thenComparingLong(Row::key);

  @TempDir Path directory;

  /** A source, and the rows that should be read. */
  private static final class Life {
    private final SplittableRandom random;
    private final StoredSource source;
    private final long cut;
    private final long last;
    private final Map<Long, List<Row>> rows = new HashMap<>();
    private final Map<Long, List<Row>> deletes = new HashMap<>();
    private long key;

    Life(SplittableRandom random, Path root) {
      this.random = random;
      source = new StoredSource(root);
      // From some times for all rows, to many times.
      last = 1L << random.nextInt(3, 40);
      cut = random.nextLong(last / 2, last);
      source.factor = 1L << random.nextInt(0, 14);
      source.local = random.nextBoolean();
    }

    void write() throws IOException {
      for (long segment = 1 + random.nextInt(6); segment > 0; segment--) {
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
          part(segment);
        }
        if (random.nextBoolean()) {
          List<Row> some = deletes();
          deletes.put(segment, some);
          source.deletes(segment, random.nextBoolean(), some);
        }
      }
      if (random.nextInt(3) == 0) {
        List<Row> some = deletes();
        source.levelZero(50, random.nextBoolean() ? -1 : StoredSource.PARTITION);
        source.deletes(50, true, some);
        deletes.put(50L, some);
      }
    }

    private void part(long segment) throws IOException {
      long from = random.nextLong(1, last);
      long to = random.nextBoolean() ? from + 1 : random.nextLong(from, last) + 1;
      long[] times = random.longs(1 + random.nextInt(300), from, to).toArray();
      LongStream ordered = LongStream.of(times);
      List<Row> some =
          (random.nextBoolean() ? ordered.sorted() : ordered)
              .mapToObj(time -> new Row(key++, time))
              .toList();
      source.part(segment, some);
      rows.computeIfAbsent(segment, any -> new ArrayList<>()).addAll(some);
    }

    private List<Row> deletes() {
      List<Row> some = new ArrayList<>();
      for (int i = 1 + random.nextInt(60); i > 0; i--) {
        some.add(new Row(random.nextLong(key), random.nextLong(1, last)));
      }
      return some;
    }

    List<Row> expected(long after, long upTo) {
      List<Row> expected = new ArrayList<>();
      rows.forEach(
          (segment, some) -> {
            Map<Long, Long> gone = new HashMap<>();
            for (long from : new long[] {segment, 50}) {
              for (Row delete : deletes.getOrDefault(from, List.of())) {
                if (delete.time() <= cut) {
                  gone.merge(delete.key(), delete.time(), Math::max);
                }
              }
            }
            some.stream()
                .filter(row -> row.time() > after && row.time() <= upTo)
                .filter(row -> row.time() >= gone.getOrDefault(row.key(), 0L))
                .forEach(expected::add);
          });
      expected.sort(ORDER);
      return expected;
    }

    void check(Path spill) throws Exception {
      long after = random.nextInt(3) == 0 ? random.nextLong(cut) : 0;
      Span span = new Span(after, cut, cut);
      long memory = random.nextBoolean() ? random.nextInt(20_000) : 1 << 20;
      List<Read> all = source.read(spill, memory, span);
      assertThat(sorted(all)).isEqualTo(expected(after, cut));
      assertThat(all).last().extracting(Read::upTo).isEqualTo(cut);
      for (Read batch : all) {
        List<Read> rest = source.read(spill, memory, new Span(batch.upTo(), cut, cut));
        assertThat(sorted(rest)).isEqualTo(expected(batch.upTo(), cut));
      }
      checkCompaction(spill, memory, span, random.nextInt(all.size()));
      assertThat(Files.list(spill)).isEmpty();
    }

    /** Replaces all files while they are read, after some batches. */
    private void checkCompaction(Path spill, long memory, Span span, int batches) throws Exception {
      List<Row> expected = expected(span.after(), cut);
      List<Read> read = new ArrayList<>();
      long before = span.after();
      try (StoredRows stored = source.open(spill, memory);
          var reading = stored.read(span, List.of(source.collection()))) {
        while (read.size() < batches) {
          read.add(StoredSource.checked(reading.next(), before));
          before = read.get(read.size() - 1).upTo();
        }
        compact();
        read.addAll(StoredSource.rest(reading, before));
      }
      assertThat(sorted(read)).isEqualTo(expected);
    }

    private void compact() throws IOException {
      List<Row> living = expected(0, Long.MAX_VALUE);
      List<Long> parents = List.copyOf(rows.keySet());
      if (living.isEmpty()) {
        return;
      }
      source.segment(40).addAllCompactionFrom(parents);
      for (int start = 0; start < living.size(); start += 400) {
        source.part(40, living.subList(start, Math.min(living.size(), start + 400)));
      }
      source.replaced(parents.stream().mapToLong(Long::longValue).toArray());
      parents.forEach(source::collect);
    }
  }

  static List<Row> sorted(List<Read> batches) {
    return batches.stream().flatMap(batch -> batch.rows().stream()).sorted(ORDER).toList();
  }

  @Test
  void eachRowIsReadOnceInTheOrderOfItsTime() {
    Path spill = directory.resolve("spill");
    Seeded.times(
        60,
        random -> {
          Path root = Files.createTempDirectory(directory, "root");
          Life life = new Life(random, root);
          life.write();
          life.check(spill);
        });
  }
}
