package io.milvus.cdc.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.memory.InMemoryCollection;
import io.milvus.cdc.memory.InMemorySource;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.consumer.Change;
import io.milvus.cdc.targets.consumer.ChangeBatch;
import io.milvus.cdc.targets.consumer.ConsumerTarget;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.FakeTarget;
import io.milvus.cdc.testkit.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CdcMetricsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant BEGIN = Instant.now().minusSeconds(60);
  private static final CollectionEntry BOOKS =
      Entries.collection(1, "books", Timestamps.of(BEGIN), "s-dml_0");

  private final FakeSource source = new FakeSource("s-dml_0");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private CdcEngine engine() {
    return CdcEngine.builder()
        .source(source)
        .target(new FakeTarget())
        .checkpoints(new InMemoryStore())
        .start();
  }

  private double gauge(String name) {
    return registry.get("milvus.cdc." + name).tag("task_id", "t").gauge().value();
  }

  @Test
  void aTaskIsMeasuredAsLongAsItLives() throws Exception {
    try (CdcEngine engine = engine()) {
      AtomicLong now = new AtomicLong(System.currentTimeMillis());
      CdcMetrics metrics = new CdcMetrics(engine, () -> Instant.ofEpochMilli(now.get()));
      metrics.bindTo(registry);
      source.change(Entries.catalog(BOOKS));
      CdcTask task = engine.submit(TaskSpec.of("t"));
      long row = Timestamps.of(BEGIN.plusMillis(5));
      source.publish("s-dml_0", Messages.insert(BOOKS.shards().get(0), 1, 10, row, 1L));
      source.tick(Timestamps.of(Instant.now()), "s-dml_0");
      task.awaitState(TaskState.RUNNING, SOON);
      while (task.status().counters().inserted() == 0) {
        Thread.sleep(10);
      }

      assertThat(metrics.refresh()).isEqualTo(1);

      assertThat(
              registry
                  .get("milvus.cdc.rows")
                  .tags("task_id", "t", "op", "insert")
                  .functionCounter()
                  .count())
          .isEqualTo(1);
      assertThat(gauge("task.state")).isEqualTo(1);
      assertThat(registry.get("milvus.cdc.state").tags("state", "RUNNING").gauge().value())
          .isEqualTo(1);
      assertThat(registry.get("milvus.cdc.sent").functionCounter().count()).isPositive();
      FunctionTimer apply = registry.get("milvus.cdc.apply").functionTimer();
      assertThat(apply.count()).isEqualTo(1);
      assertThat(apply.totalTime(TimeUnit.NANOSECONDS)).isPositive();
      assertThat(registry.get("milvus.cdc.restamps").functionCounter().count()).isEqualTo(1);
      assertThat(gauge("lag")).isNotNegative();
      assertThat(gauge("progress.age")).isZero();
      now.addAndGet(30_000);
      assertThat(gauge("progress.age")).isEqualTo(30);
      source.tick(Timestamps.of(Instant.now()), "s-dml_0");

      task.delete();
      metrics.refresh();
      assertThat(registry.find("milvus.cdc.lag").gauge()).isNull();
      Gauge tasks = registry.get("milvus.cdc.tasks").gauge();
      assertThat(tasks.value()).isZero();
      engine.submit(TaskSpec.of("t"));
      assertThat(tasks.value()).isEqualTo(1);
      assertThat(gauge("queue")).isNotNegative();
    }
  }

  @Test
  void theRowsThatACopyHasLeftAreMeasured() throws Exception {
    InMemorySource stored = new InMemorySource(1);
    InMemoryCollection books = stored.create("books", Field.key("id", FieldType.INT64));
    for (long id = 1; id <= 3; id++) {
      books.insert(Map.of("id", id));
    }
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch onward = new CountDownLatch(1);
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              if (holdsKey(batch, 2)) {
                second.countDown();
                onward.await();
              }
              return batch.acknowledged();
            });
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(stored)
            .target(target)
            .checkpoints(new InMemoryStore())
            .start()) {
      CdcMetrics metrics = new CdcMetrics(engine);
      metrics.bindTo(registry);
      CdcTask task = engine.submit(TaskSpec.builder("t").startFrom(StartFrom.existing()).build());
      second.await();
      metrics.refresh();

      assertThat(gauge("existing.rows.left")).isEqualTo(2);
      assertThat(gauge("existing.left")).isPositive();
      assertThat(gauge("existing.left")).isEqualTo(task.status().existing().bytesLeft());
      onward.countDown();
      task.awaitCaughtUp(SOON);
      assertThat(gauge("existing.rows.left")).isZero();
      assertThat(gauge("existing.left")).isZero();
    }
  }

  private static boolean holdsKey(ChangeBatch batch, long key) {
    return batch.changes().stream()
        .anyMatch(
            change ->
                change instanceof Change.Inserted inserted
                    && inserted.rows().row(0).key().equals(key));
  }

  @Test
  void aTaskThatCopiesNothingHasNothingLeft() throws Exception {
    try (CdcEngine engine = engine()) {
      CdcMetrics metrics = new CdcMetrics(engine);
      metrics.bindTo(registry);
      engine.submit(TaskSpec.of("t"));
      metrics.refresh();

      assertThat(gauge("existing.rows.left")).isNaN();
      assertThat(gauge("existing.left")).isNaN();
    }
  }
}
