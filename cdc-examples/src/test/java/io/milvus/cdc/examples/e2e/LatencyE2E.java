package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.client.ReadAt;
import io.milvus.cdc.examples.client.MilvusCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row is visible on the target about as soon as the source's next tick covers it. */
class LatencyE2E {
  private static final int ROWS = 40;

  /** Ticks come every 200 ms; a timer that collects batches for seconds would show. */
  private static final Duration NO_TIMER = Duration.ofMillis(1500);

  @TempDir private Path state;

  @Test
  void singleRowsAreNotHeldBack() throws Exception {
    try (Bench bench = Bench.open("latency")) {
      String database = bench.database("a");
      Table table = Table.create(bench.sourceClient(), database, "t", 1);
      try (CdcEngine engine = bench.engine(state)) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitCaughtUp(Duration.ofMinutes(1));
        MilvusCollection target = bench.targetClient().collection(database, "t");
        target.serving().createFlatIndex("v", false);
        target.serving().load(Duration.ofMinutes(1));
        List<Long> millis = new ArrayList<>();
        for (int k = 0; k < ROWS; k++) {
          table.insert(k, k + 1, "row");
          millis.add(millisUntil(target, k + 1));
        }
        Collections.sort(millis);
        System.out.printf(
            "insert returned -> visible: p50 %d ms, max %d ms%n",
            millis.get(ROWS / 2), millis.get(ROWS - 1));
        assertThat(Duration.ofMillis(millis.get(ROWS / 2))).isLessThan(NO_TIMER);
        bench.cleanUp(task);
      }
    }
  }

  private static long millisUntil(MilvusCollection target, long rows) throws InterruptedException {
    long start = System.nanoTime();
    while (target.count(ReadAt.eventually()) < rows) {
      Thread.sleep(5);
    }
    return (System.nanoTime() - start) / 1_000_000;
  }
}
