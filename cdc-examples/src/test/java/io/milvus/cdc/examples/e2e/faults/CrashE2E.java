package io.milvus.cdc.examples.e2e.faults;

import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.KilledMirror;
import io.milvus.cdc.examples.e2e.bench.Moment;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine's process is killed at random moments while the source is written to. How often is
 * {@code -Dcdc.kills}, by default once at each {@link Moment}.
 */
@Tag("slow")
class CrashE2E {
  private static final double ROWS_PER_SECOND = 2_000;

  @TempDir private Path state;

  @Test
  void nothingIsLostAndNothingIsDoubled() throws Exception {
    long seed = Seeds.next("crash");
    try (Bench bench = Bench.open("crash")) {
      KilledMirror mirror = new KilledMirror(bench, state, new SplittableRandom(seed));
      bench.database("a");
      bench.database("b");
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .seed(seed)
              .rate(ROWS_PER_SECOND)
              .betweenChanges(Duration.ofMillis(500))
              .start()) {
        mirror.killUnder(workload, Moment.values().length);
      }
      mirror.assertEqual(task -> {});
    }
  }
}
