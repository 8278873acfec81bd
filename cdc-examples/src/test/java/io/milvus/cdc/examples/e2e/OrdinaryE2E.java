package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.stack.LocalStack;
import io.milvus.cdc.examples.workload.MixedWorkload;
import io.milvus.cdc.examples.workload.RunningWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that is no replica gets the same rows by ordinary requests. */
class OrdinaryE2E {
  private static final long ROWS = Long.getLong("cdc.rows", 60_000);

  private static final double ROWS_PER_SECOND = 1_500;

  private static LocalStack writable;

  @TempDir private Path state;

  @BeforeAll
  static void up() {
    writable = LocalStack.upWritableTarget(line -> {});
  }

  @AfterAll
  static void down() {
    writable.wipe();
  }

  @Test
  void everyTypeInEveryKindOfCollectionEndsEqual() throws Exception {
    try (Bench bench = Bench.openOrdinary("ordinary", writable)) {
      bench.database("a");
      bench.database("b");
      try (CdcEngine engine = bench.engine(state)) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitState(TaskState.RUNNING, Duration.ofMinutes(1));
        try (RunningWorkload workload =
            MixedWorkload.on(bench.sourceClient())
                .databases(bench.databases())
                .seed(Seeds.next("ordinary"))
                .rows(ROWS)
                .start()) {
          workload.await(Duration.ofMinutes(5));
          System.out.println(workload);
        }
        Verdict verdict = bench.compare(task, Duration.ofMinutes(2));
        System.out.println(verdict.table());
        assertThat(verdict.equal()).as(verdict.table()).isTrue();
        assertThat(verdict.collections()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(task.status().shortcomings()).isEmpty();
        bench.cleanUp(task);
      }
    }
  }

  @Test
  void nothingIsLostAndNothingIsDoubledWhenTheProcessIsKilled() throws Exception {
    long seed = Seeds.next("ordinary crash");
    SplittableRandom random = new SplittableRandom(seed);
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    try (Bench bench = Bench.openOrdinary("ordinary_crash", writable)) {
      bench.database("a");
      bench.database("b");
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .seed(seed)
              .rate(ROWS_PER_SECOND)
              .betweenChanges(Duration.ofMillis(500))
              .start()) {
        for (int kill = 0; kill < Integer.getInteger("cdc.kills", Moment.values().length); kill++) {
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
