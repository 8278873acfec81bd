package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is written to a source is on the target, row for row. */
@Tag("slow")
class MixedWorkloadE2E {
  private static final long ROWS = Long.getLong("cdc.rows", 80_000);

  @TempDir private Path state;

  @Test
  void everyTypeInEveryKindOfCollectionEndsEqual() throws Exception {
    try (Bench bench = Bench.open("mixed");
        CdcEngine engine = engine(bench)) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitState(TaskState.RUNNING, Duration.ofMinutes(1));
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .seed(Seeds.next("mixed"))
              .rows(ROWS)
              .start()) {
        workload.await(Duration.ofMinutes(5));
      }
      Verdict verdict = bench.compare(task, Duration.ofMinutes(2));
      System.out.println(verdict.table());
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.collections()).hasSizeGreaterThanOrEqualTo(4);
      assertThat(task.status().counters().inserted()).isGreaterThanOrEqualTo(ROWS / 2);
      bench.cleanUp(task);
    }
  }

  private CdcEngine engine(Bench bench) {
    bench.database("a");
    bench.database("b");
    return bench.engine(state);
  }
}
