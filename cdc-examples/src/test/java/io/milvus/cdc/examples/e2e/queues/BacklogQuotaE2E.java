package io.milvus.cdc.examples.e2e.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.Retention;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.PulsarTopics;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.store.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a task does, its source can go on writing. */
@DisabledIfSystemProperty(named = "cdc.queue", matches = "kafka")
@Tag("slow")
class BacklogQuotaE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int QUOTA = 10 << 20;
  private static final int ROWS = 1_000;
  private static final int CHARACTERS = 1_500;

  @TempDir private Path state;

  private Bench bench;
  private PulsarTopics topics;

  @BeforeEach
  void limit() throws Exception {
    bench = Bench.open("quota");
    topics = PulsarTopics.of(bench.addresses());
    Addresses.Instance source = bench.addresses().source();
    for (int channel = 0; channel < source.channels(); channel++) {
      topics.removeIdleSubscriptions(source.channelPrefix() + "_" + channel);
    }
    topics.limitBacklog(QUOTA, "producer_exception");
  }

  @AfterEach
  void unlimit() throws Exception {
    topics.limitNothing();
    topics.close();
    bench.close();
  }

  @Test
  void aPausedTaskThatPinsLetsGoBeforeTheSourceIsStopped() throws Exception {
    thePausedTaskHarmsNothing(Pinning.ALWAYS);
  }

  @Test
  void byDefaultATaskPinsNothingThatTheQueueRetainsAnyway() throws Exception {
    thePausedTaskHarmsNothing(Pinning.AUTOMATIC);
  }

  private void thePausedTaskHarmsNothing(Pinning pinning) throws Exception {
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().pinning(pinning).build())
            .target(bench.target().build())
            .checkpoints(FileStore.at(state))
            .start()) {
      boolean pins = pinning == Pinning.ALWAYS;
      assertThat(engine.check(bench.spec()))
          .filteredOn(finding -> finding.what().contains("stops the source from writing"))
          .extracting(Finding::severity)
          .isEqualTo(pins ? List.of(Finding.Severity.WARNING) : List.of());
      String database = bench.database("a");
      // What other tests have left in the topics would be a backlog from the start.
      CdcTask task = engine.submit(bench.spec().toBuilder().startFrom(StartFrom.latest()).build());
      task.awaitCaughtUp(SOON);
      Table table = Table.create(bench.sourceClient(), database, "t", 1);
      table.insert(0, 10, "first");
      task.awaitCaughtUp(SOON);
      Awaitility.await().atMost(SOON).until(() -> task.status().retention() != null);
      assertThat(retention(task).pinned()).isEqualTo(pins);
      assertThat(retention(task).limitBytes()).isEqualTo(QUOTA);
      task.pause();
      int batches = (pins ? 3 : 2) * QUOTA / (ROWS * CHARACTERS);
      for (int batch = 0; batch < batches; batch++) {
        // Fails with 'message send timeout' if the quota is reached.
        table.insertRandom(10 + (long) batch * ROWS, 10 + (long) (batch + 1) * ROWS, CHARACTERS);
        Thread.sleep(pins ? 1_000 : 300);
      }
      Awaitility.await().atMost(SOON).until(() -> !retention(task).pinned());
      if (pins) {
        assertThat(retention(task).advice())
            .contains("no longer pins its backlog")
            .contains("Resume the task");
      }
      assertThat(retention(task).expiresAt()).isNotNull();
      task.resume();
      var verdict = bench.compare(task, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(10 + (long) batches * ROWS);
      if (pins) {
        // It has caught up, so it may pin again.
        Awaitility.await().atMost(SOON).until(() -> retention(task).pinned());
      }
      bench.cleanUp(task);
    }
  }

  @Test
  @Tag("nightly")
  void aTaskThatCopiesExistingRowsLetsGoBeforeTheSourceIsStopped() throws Exception {
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().pinning(Pinning.ALWAYS).build())
            .target(bench.target().build())
            .checkpoints(FileStore.at(state))
            .start()) {
      Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 1);
      table.insert(0, 2_000, "first");
      StartFrom slowly = StartFrom.existing().withFlush().withBytesPerSecond(5_000);
      CdcTask task = engine.submit(bench.spec().toBuilder().startFrom(slowly).build());
      Awaitility.await()
          .atMost(SOON)
          .until(
              () -> {
                ExistingStatus copy = task.status().existing();
                return copy != null && copy.rows() > 0;
              });
      Awaitility.await().atMost(SOON).until(() -> task.status().retention() != null);
      assertThat(retention(task).pinned()).isTrue();
      int batches = 3 * QUOTA / (ROWS * CHARACTERS);
      for (int batch = 0; batch < batches; batch++) {
        // Fails with 'message send timeout' if the quota is reached.
        table.insertRandom(
            2_000 + (long) batch * ROWS, 2_000 + (long) (batch + 1) * ROWS, CHARACTERS);
        Thread.sleep(1_000);
      }
      Awaitility.await().atMost(SOON).until(() -> !retention(task).pinned());
      // The queue retains the messages for a while, so the task continues without its pins.
      var verdict = bench.compare(task, SOON.multipliedBy(2));
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(2_000 + (long) batches * ROWS);
      bench.cleanUp(task);
    }
  }

  private static Retention retention(CdcTask task) {
    Retention known = task.status().retention();
    assertThat(known).isNotNull();
    return known;
  }

  @Test
  void whatALostTaskLeftIsFoundByCheckAndRemovedByOneOrder() throws Exception {
    bench.database("a");
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().pinning(Pinning.ALWAYS).build())
            .target(bench.target().build())
            .checkpoints(FileStore.at(state.resolve("lost")))
            .start()) {
      engine.submit(bench.spec()).awaitCaughtUp(SOON);
    }
    String lost = bench.spec().id();
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().build())
            .target(bench.target().build())
            .checkpoints(FileStore.at(state.resolve("new")))
            .start()) {
      assertThat(engine.check(TaskSpec.of("other")))
          .anyMatch(finding -> finding.what().contains("for task '%s'".formatted(lost)));
      engine.removeLeftovers(lost);
      assertThat(engine.check(TaskSpec.of("other")))
          .noneMatch(finding -> finding.what().contains(lost));
    }
  }
}
