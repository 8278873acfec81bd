package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.workload.MixedWorkload;
import io.milvus.cdc.examples.workload.RunningWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine's process is killed at random moments while the source is written to. How often is
 * {@code -Dcdc.kills}, 10 by default.
 */
class CrashE2E {
  private static final double ROWS_PER_SECOND = 2_000;

  @TempDir private Path state;

  @Test
  void nothingIsLostAndNothingIsDoubled() throws Exception {
    long seed = Seeds.next("crash");
    SplittableRandom random = new SplittableRandom(seed);
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    try (Bench bench = Bench.open("crash")) {
      bench.database("a");
      bench.database("b");
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .seed(seed)
              .rate(ROWS_PER_SECOND)
              .betweenChanges(Duration.ofMillis(500))
              .start()) {
        for (int kill = 0; kill < Integer.getInteger("cdc.kills", 10); kill++) {
          Moment.of(kill).liveAndDie(bench, state, log, random);
        }
        workload.stop();
        System.out.println(workload);
      }
      try (CdcEngine engine = bench.engine(state)) {
        CdcTask task = engine.submit(bench.spec());
        Verdict verdict = bench.compare(task, Duration.ofMinutes(3));
        System.out.println(verdict.table());
        assertThat(verdict.equal()).as(verdict.table()).isTrue();
        assertThat(verdict.rows()).isPositive();
        bench.cleanUp(task);
      }
    }
  }
}
