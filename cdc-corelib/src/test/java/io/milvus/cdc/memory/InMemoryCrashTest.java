package io.milvus.cdc.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.testkit.FailingStore;
import io.milvus.cdc.testkit.Seeded;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a source in memory lives through, a target in memory ends equal. */
@Timeout(120)
class InMemoryCrashTest {
  @Test
  void bothEndEqualAlthoughTheStoreFailsAndEnginesComeAndGo() {
    Seeded.times(6, this::live);
  }

  private void live(SplittableRandom random) throws Exception {
    InMemorySource source = new InMemorySource();
    InMemoryTarget target = new InMemoryTarget();
    InMemoryStore store = new InMemoryStore();
    AtomicBoolean calm = new AtomicBoolean();
    SplittableRandom dice = random.split();
    FailingStore failing =
        new FailingStore(
            store,
            () -> {
              synchronized (dice) {
                return !calm.get() && dice.nextInt(12) == 0;
              }
            });
    RandomLife life = new RandomLife(source, random.split());
    for (int engine = 0; engine < 4; engine++) {
      calm.set(engine == 3);
      try (CdcEngine running =
          CdcEngine.builder().source(source).target(target).checkpoints(failing).start()) {
        CdcTask task = running.submit(TaskSpec.of("t"));
        for (int step = 0; step < 60; step++) {
          life.step();
          Thread.sleep(random.nextInt(4));
        }
        if (calm.get()) {
          task.awaitCaughtUp(Duration.ofSeconds(30));
        }
      }
    }
    Map<String, Map<Object, Map<String, @Nullable Object>>> rows = new TreeMap<>();
    for (String name : target.collections()) {
      rows.put(name, target.rows("default", name.substring("default.".length())));
    }
    assertThat(rows).isEqualTo(life.rows());
  }
}
