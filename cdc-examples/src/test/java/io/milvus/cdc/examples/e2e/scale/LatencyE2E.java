package io.milvus.cdc.examples.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.ReadAt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A row is visible on the target about as soon as the source's next tick covers it, and a new
 * collection is there without any tick.
 */
class LatencyE2E {
  private static final int ROWS = 40;

  /** Ticks come every 200 ms; a timer that collects batches for seconds would show. */
  private static final Duration NO_TIMER = Duration.ofMillis(1500);

  private static final Duration STALL = Duration.ofSeconds(40);

  /** Longer than between two ticks. */
  private static final Duration NO_TICK = Duration.ofSeconds(1);

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

  @Test
  void aNewCollectionIsThereWhileNoTickComes() throws Exception {
    try (Bench bench = Bench.open("early")) {
      String database = bench.database("a");
      Table.create(bench.sourceClient(), database, "t", 1);
      try (CdcEngine engine = bench.engine(state)) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitCaughtUp(Duration.ofMinutes(1));
        try (TickStall stall = TickStall.begin(bench.addresses(), STALL)) {
          await().until(() -> task.status().lag().compareTo(NO_TICK) > 0);
          long watermark = task.status().watermark().value();
          Table.create(bench.sourceClient(), database, "late", 1);
          await().until(() -> bench.targetClient().collections(database).contains("late"));
          assertThat(task.status().watermark().value()).isEqualTo(watermark);
          assertThat(stall.over()).isFalse();
        }
        task.awaitCaughtUp(Duration.ofMinutes(1));
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
