package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.journal.Journal;
import io.milvus.cdc.examples.journal.JournalKeeper;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.consumer.Change;
import io.milvus.cdc.targets.consumer.ConsumerTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program's own consumer gets every change of a source, however often it is killed. How often is
 * {@code -Dcdc.kills}, 3 by default.
 */
class ConsumerE2E {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final double ROWS_PER_SECOND = 2_000;
  private static final long BUDGET = 2 << 20;

  @TempDir private Path state;

  @Test
  void everyCollectionCanBeMadeAgainOfWhatItGot() throws Exception {
    long seed = Seeds.next("consumer");
    SplittableRandom random = new SplittableRandom(seed);
    Path log = Files.createTempFile("journal", ".log");
    Path file = state.resolve("changes.jsonl");
    System.out.println("the journal keeper's log: " + log);
    try (Bench bench = Bench.open("consumer")) {
      bench.database("a");
      bench.database("b");
      Map<String, String> settings = bench.settings(state);
      settings.put("file", file.toString());
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .seed(seed)
              .rate(ROWS_PER_SECOND)
              .betweenChanges(Duration.ofMillis(500))
              .start()) {
        for (int kill = 0; kill < Integer.getInteger("cdc.kills", 3); kill++) {
          try (MirrorProcess keeper =
              MirrorProcess.start(JournalKeeper.class, "journal.", settings, log)) {
            keeper.awaitOutput("state=RUNNING", SOON);
            Thread.sleep(random.nextLong(kill == 1 ? 200 : 3000));
          }
        }
        workload.stop();
        System.out.println(workload);
      }
      try (Journal journal = Journal.at(file);
          CdcEngine engine = bench.engine(state, ConsumerTarget.of(journal))) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitCaughtUp(Duration.ofMinutes(2));
        compare(JournalRows.of(file), SourceRows.of(bench.sourceClient(), bench.databases()));
        bench.cleanUp(task);
      }
    }
  }

  private static void compare(
      JournalRows journal, Map<String, Map<String, SourceRows.Row>> source) {
    long rows = source.values().stream().mapToLong(Map::size).sum();
    System.out.printf(
        "%d collections, %d rows, %d changes came again%n",
        source.size(), rows, journal.repeated());
    assertThat(journal.collections().keySet()).isEqualTo(source.keySet());
    source.forEach(
        (name, wanted) -> {
          Map<String, SourceRows.Row> got = new TreeMap<>(journal.collections().get(name));
          if (wanted.values().stream().anyMatch(row -> row.partition().isEmpty())) {
            got.replaceAll((key, row) -> new SourceRows.Row("", row.text()));
          }
          assertThat(got.keySet()).as(name).isEqualTo(wanted.keySet());
          wanted.forEach(
              (key, row) -> assertThat(got.get(key)).as(name + " " + key).isEqualTo(row));
        });
    assertThat(source).hasSizeGreaterThanOrEqualTo(5);
    assertThat(rows).isPositive();
  }

  @Test
  void aBusyConsumerKeepsTheSourceWaitingWithinTheBudget() throws Exception {
    int rows = 100_000;
    AtomicLong taken = new AtomicLong();
    CompletableFuture<Void> busy = new CompletableFuture<>();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              if (batch.changes().get(0) instanceof Change.Inserted) {
                begun.complete(null);
                batch.changes().forEach(one -> taken.addAndGet(count(one)));
                return busy;
              }
              return batch.acknowledged();
            });
    try (Bench bench = Bench.open("busy")) {
      Table table = Table.create(bench.sourceClient(), bench.database("a"), "large", 2);
      table.insert(0, 1, "short");
      try (CdcEngine engine =
          CdcEngine.builder()
              .source(bench.source().build())
              .target(target)
              .checkpoints(FileStore.at(state))
              .memoryBudget(BUDGET)
              .start()) {
        CdcTask task = engine.submit(bench.spec());
        begun.get(1, TimeUnit.MINUTES);
        table.insert(1, rows, "x".repeat(100));
        await().atMost(SOON).until(() -> bytes(task) > BUDGET / 4);
        await()
            .during(Duration.ofSeconds(2))
            .atMost(SOON)
            .until(() -> bytes(task) <= BUDGET && taken.get() == 1);
        busy.complete(null);
        task.awaitCaughtUp(Duration.ofMinutes(1));
        assertThat(taken).hasValue(rows);
        bench.cleanUp(task);
      }
    }
  }

  private static long count(Change change) {
    return change instanceof Change.Inserted inserted ? inserted.rows().count() : 0;
  }

  private static long bytes(CdcTask task) {
    return task.status().channels().stream().mapToLong(ChannelStatus::bufferedBytes).sum();
  }
}
