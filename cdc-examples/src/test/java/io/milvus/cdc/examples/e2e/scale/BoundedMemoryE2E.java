package io.milvus.cdc.examples.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process with a heap of 256 MB copes with whatever has piled up. */
@ExtendWith(OneBench.class)
@Tag("slow")
class BoundedMemoryE2E {
  private static final long BACKLOG = 2_000_000;
  private static final Duration STALL = Duration.ofSeconds(30);

  /** More than the whole memory budget of a heap of 256 MB, three times over. */
  private static final long STALLED_BYTES = 192L << 20;

  private static final long BATCH = 2_000;
  private static final Duration PAUSE = Duration.ofMillis(175);

  private static final String LONG_NOTE = "n".repeat(1000);

  /** Heap, direct memory, code, threads and libraries together. */
  private static final long MOST_RESIDENT_KB = 640 << 10;

  private Bench bench;
  private Table table;
  private Path log;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) throws Exception {
    bench = corner;
    table = Table.create(bench.sourceClient(), bench.database("a"), "t", 2);
    log = Files.createTempFile("mirror", ".log");
  }

  @Test
  void backlogOfTwoMillionRows() throws Exception {
    table.insert(0, BACKLOG, "row");
    long resident;
    try (MirrorProcess mirror = mirror()) {
      mirror.awaitOutput("rows=" + BACKLOG, Duration.ofMinutes(3));
      resident = peakResidentKilobytes(mirror);
    }
    System.out.printf("peak resident memory: %d MB%n", resident >> 10);
    assertThat(resident).isLessThan(MOST_RESIDENT_KB);
    assertMirrored();
  }

  @Test
  void sourceWhoseTicksStopWhileWritesGoOn() throws Exception {
    long resident;
    long rows;
    try (MirrorProcess mirror = mirror()) {
      mirror.awaitOutput("state=RUNNING", Duration.ofMinutes(1));
      try (TickStall stall = TickStall.begin(bench.addresses(), STALL)) {
        rows = writeUntil(stall);
      }
      mirror.awaitOutput("rows=" + rows, Duration.ofMinutes(3));
      resident = peakResidentKilobytes(mirror);
    }
    System.out.printf("peak resident memory: %d MB, %d rows%n", resident >> 10, rows);
    assertThat(rows * LONG_NOTE.length()).isGreaterThan(STALLED_BYTES);
    assertThat(resident).isLessThan(MOST_RESIDENT_KB);
    assertMirrored();
  }

  /** Spreads what is written over the stall. */
  private long writeUntil(TickStall stall) throws InterruptedException {
    long rows = 0;
    while (!stall.over()) {
      table.insert(rows, rows + BATCH, LONG_NOTE);
      rows += BATCH;
      Thread.sleep(PAUSE.toMillis());
    }
    return rows;
  }

  private MirrorProcess mirror() {
    return bench.mirror(state, log, "-Xmx256m", "-XX:MaxDirectMemorySize=128m");
  }

  private void assertMirrored() throws Exception {
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      Verdict verdict = bench.compare(task, Duration.ofMinutes(1));
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      bench.cleanUp(task);
    }
  }

  private static long peakResidentKilobytes(MirrorProcess mirror) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(mirror.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
