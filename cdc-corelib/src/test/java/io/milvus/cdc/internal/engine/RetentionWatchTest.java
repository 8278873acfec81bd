package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Retention;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.memory.InMemorySource;
import io.milvus.cdc.memory.InMemoryTarget;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.Retained;
import io.milvus.cdc.sources.SourceRetention;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.store.InMemoryStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An engine whose source says what its queue keeps, as a test sets it. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class RetentionWatchTest implements ChangeSource, SourceRetention {
  private static final QueueLimits LIMITS =
      new QueueLimits(1000, null, true, Duration.ZERO, -1, null, null);

  private final InMemorySource rows = new InMemorySource();
  private final List<String> orders = new CopyOnWriteArrayList<>();
  private volatile long backlog;
  private volatile boolean pinned = true;
  private volatile boolean connected = true;

  @Override
  public Map<String, Retained> retained(Collection<String> tasks) {
    Map<String, Retained> all = new HashMap<>();
    tasks.forEach(
        task -> all.put(task, new Retained(pinned, "c", pinned ? backlog : 0, 0, 0, LIMITS)));
    return all;
  }

  @Override
  public Map<String, Long> unused() {
    return Map.of("lost", 7L, "t", 8L);
  }

  @Override
  public void unpin(String task) {
    orders.add("unpin " + task);
    pinned = false;
  }

  @Override
  public boolean pin(String task) {
    if (connected) {
      orders.add("pin " + task);
      pinned = true;
    }
    return connected;
  }

  @Override
  public void close() {}

  @Override
  public SourceRetention retention() {
    return this;
  }

  @Override
  public Inspection check() throws InterruptedException {
    return rows.check();
  }

  @Override
  public SourceSession open(String task) {
    return rows.open(task);
  }

  @Override
  public void forget(String task) {
    orders.add("forget " + task);
    rows.forget(task);
  }

  private CdcEngine engine() {
    return CdcEngine.builder()
        .source(this)
        .target(new InMemoryTarget())
        .checkpoints(new InMemoryStore())
        .start();
  }

  private static Retention retention(CdcTask task) {
    Retention known = task.status().retention();
    assertThat(known).isNotNull();
    return known;
  }

  @Test
  void aPausedTaskThatLetGoDoesNotPinUntilItIsConnectedAndHasCaughtUp() throws Exception {
    rows.create("c", Field.key("id", FieldType.INT64), Field.vector("v", 2));
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      task.awaitCaughtUp(Duration.ofSeconds(20));
      await().until(() -> task.status().retention() != null);
      assertThat(retention(task).pinned()).isTrue();
      task.pause();
      connected = false;
      backlog = 600;
      await().atMost(Duration.ofSeconds(20)).until(() -> !retention(task).pinned());
      await().until(() -> retention(task).advice().contains("no longer pins"));
      Thread.sleep(6_000);
      assertThat(orders).containsExactly("unpin t");
      connected = true;
      backlog = 0;
      task.resume();
      await().atMost(Duration.ofSeconds(20)).until(() -> retention(task).pinned());
      assertThat(orders).containsExactly("unpin t", "pin t");
    }
  }

  @Test
  void whatIsKeptForATaskThatIsNotThereIsFoundAndRemoved() throws Exception {
    try (CdcEngine engine = engine()) {
      engine.submit(TaskSpec.of("t"));
      assertThat(engine.check(TaskSpec.of("new")))
          .anyMatch(finding -> finding.what().contains("7 bytes for task 'lost'"))
          .noneMatch(finding -> finding.what().contains("for task 't'"));
      engine.removeLeftovers("lost");
      assertThat(orders).contains("forget lost");
      assertThatThrownBy(() -> engine.removeLeftovers("t"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("Task 't' exists");
    }
  }
}
