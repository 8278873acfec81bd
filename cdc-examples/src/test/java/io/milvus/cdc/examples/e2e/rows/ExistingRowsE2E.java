package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.examples.testbed.workload.Schemas;
import io.milvus.cdc.examples.testbed.workload.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A task starts from rows that its source had long before, while the source is written to. */
@ExtendWith(OneBench.class)
@Timeout(600)
class ExistingRowsE2E {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final long ROWS = 20_000;
  private static final int RATE = 800;

  /** A flush makes a segment of each partition. Query nodes load hundreds of them for minutes. */
  private static final List<Shape> FEW_SEGMENTS =
      Schemas.all(8).stream().filter(shape -> shape.keyPartitions() < 64).toList();

  @TempDir private Path state;

  @Test
  void theStandbyHasRowsFromBeforeTheTaskAndLaterOnesAlthoughTheCopyIsKilled(Bench bench)
      throws Exception {
    MixedWorkload workload = filled(bench);
    SplittableRandom random = new SplittableRandom(Seeds.next("existing-kills"));
    Path log = Files.createTempFile("mirror", ".log");
    try (RunningWorkload running = workload.rows(Long.MAX_VALUE).rate(RATE).start()) {
      for (int kill = 0; kill < Integer.getInteger("cdc.kills", 4); kill++) {
        try (MirrorProcess mirror = bench.mirror(state, log, slowly(bench))) {
          // Only the first one surely waits: the copy may be complete before the last one.
          mirror.awaitOutput(kill == 0 ? "copy=WAITING" : "state=RUNNING", SOON);
          Thread.sleep(random.nextLong(0, 5000));
        }
      }
      running.stop();
    }
    try (CdcEngine engine = bench.engineOfNewProcess(state)) {
      CdcTask task = engine.submit(existing(bench));
      awaitDone(task);
      assertEqual(bench, task);
    }
  }

  /** Rows of all kinds, some stored and some not. */
  private static MixedWorkload filled(Bench bench) throws Exception {
    bench.database("a");
    MixedWorkload workload =
        MixedWorkload.on(bench.sourceClient())
            .databases(bench.databases())
            .shapes(FEW_SEGMENTS)
            .seed(Seeds.next("existing"))
            .rows(ROWS);
    try (RunningWorkload filling = workload.start()) {
      filling.await(SOON);
    }
    return workload;
  }

  private static TaskSpec existing(Bench bench) {
    return bench.spec().toBuilder().startFrom(StartFrom.existing().withFlush()).build();
  }

  private static Map<String, String> slowly(Bench bench) {
    return Map.of(
        "storage",
        bench.addresses().source().storage().toString(),
        "api",
        bench.addresses().source().uri(),
        "bytesPerSecond",
        Integer.toString(1 << 20));
  }

  private static void awaitDone(CdcTask task) throws Exception {
    task.awaitCaughtUp(SOON);
    assertThat(task.status().existing().phase()).isEqualTo(ExistingStatus.Phase.DONE);
  }

  private static void assertEqual(Bench bench, CdcTask task) throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    System.out.println(verdict.table());
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
    bench.cleanUp(task);
  }
}
