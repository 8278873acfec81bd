package io.milvus.cdc.targets.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.memory.InMemoryCollection;
import io.milvus.cdc.memory.InMemorySource;
import io.milvus.cdc.memory.RandomLife;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.store.Store;
import io.milvus.cdc.testkit.FailingStore;
import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ConsumerTargetTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final long BUDGET = 1 << 20;

  private final InMemorySource source = new InMemorySource();
  private final InMemoryStore store = new InMemoryStore();

  private CdcEngine engine(ConsumerTarget target) {
    return engine(target, store);
  }

  private CdcEngine engine(ConsumerTarget target, Store checkpoints) {
    return CdcEngine.builder()
        .source(source)
        .target(target)
        .checkpoints(checkpoints)
        .memoryBudget(BUDGET)
        .start();
  }

  private InMemoryCollection books() {
    return source.create(
        "books", Field.key("id", FieldType.INT64), Field.of("title", FieldType.TEXT));
  }

  private static Map<String, Object> book(long id, String title) {
    return Map.of("id", id, "title", title);
  }

  private static boolean hasRows(ChangeBatch batch) {
    return batch.changes().get(0) instanceof Change.Inserted;
  }

  @Test
  void changesComeInOrderAndCompleteUpToTheirWatermark() throws Exception {
    List<Change> seen = Collections.synchronizedList(new ArrayList<>());
    InMemoryCollection books = books();
    books.insert("_default", List.of(book(1, "Emma"), book(2, "Persuasion")));
    books.upsert(book(1, "Ivanhoe"));
    books.delete(2L);
    books.rename("shelf");
    books.insert(book(3, "Waverley"));
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              assertThat(batch.replay()).isFalse();
              seen.addAll(batch.changes());
              return batch.acknowledged();
            });
    try (CdcEngine engine = engine(target)) {
      engine.submit(TaskSpec.of("t")).awaitCaughtUp(SOON);
    }
    List<Change> told =
        seen.stream().filter(change -> !(change instanceof Change.Watermark)).toList();
    assertThat(told).extracting(Change::id).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(Comparator.comparing(Change::timestamp));
    List<String> kinds = new ArrayList<>();
    told.forEach(
        change ->
            kinds.add(
                change instanceof Change.CatalogChanged changed
                    ? changed.event().getClass().getSimpleName()
                    : change instanceof Change.Inserted inserted
                        ? inserted.rows().collection() + "+" + inserted.rows().count()
                        : "-" + ((Change.Deleted) change).keys().keys()));
    assertThat(String.join(" ", kinds).replace("books+1 books+1", "books+2"))
        .isEqualTo("CreateCollection books+2 -[1] books+1 -[2] RenameCollection shelf+1");
    assertThat(seen.get(seen.size() - 1)).isInstanceOf(Change.Watermark.class);
  }

  @Test
  void theCheckpointWaitsForAnAcknowledgementFromWhicheverThread() throws Exception {
    BlockingQueue<CompletableFuture<Void>> open = new LinkedBlockingQueue<>();
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              if (!hasRows(batch)) {
                return batch.acknowledged();
              }
              CompletableFuture<Void> pending = new CompletableFuture<>();
              open.add(pending);
              return pending;
            });
    InMemoryCollection books = books();
    books.insert(book(1, "Emma"));
    try (CdcEngine engine = engine(target)) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      CompletableFuture<Void> first = open.take();
      books.insert(book(2, "Persuasion"));
      long before = task.status().checkpoint().watermark().value();
      assertThat(open.poll(200, TimeUnit.MILLISECONDS)).isNull();
      assertThat(task.status().checkpoint().watermark().value()).isEqualTo(before);
      assertThat(task.status().counters().inserted()).isZero();
      first.complete(null);
      open.take().complete(null);
      task.awaitCaughtUp(SOON);
      task.pause();
      assertThat(task.status().checkpoint().watermark().value()).isGreaterThan(before);
      assertThat(task.status().counters().inserted()).isEqualTo(2);
    }
  }

  @Test
  void aPassingFailureIsTriedAgainWithTheSameIds() throws Exception {
    List<String> ids = Collections.synchronizedList(new ArrayList<>());
    List<Boolean> replays = Collections.synchronizedList(new ArrayList<>());
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              if (hasRows(batch)) {
                ids.add(batch.changes().get(0).id());
                replays.add(batch.replay());
                if (ids.size() == 1) {
                  throw new IOException("The disk is full.");
                } else if (ids.size() == 2) {
                  return CompletableFuture.failedFuture(new IOException("The disk is still full."));
                }
              }
              return batch.acknowledged();
            });
    books().insert(book(1, "Emma"));
    try (CdcEngine engine = engine(target)) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      task.awaitCaughtUp(SOON);
      assertThat(task.status().counters().retries()).isEqualTo(2);
    }
    assertThat(ids).hasSize(3).containsOnly(ids.get(0));
    assertThat(replays).containsExactly(false, true, true);
  }

  @Test
  void anyOtherFailureStopsTheTaskUntilSomebodyResumesIt() throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              if (hasRows(batch) && !mended.get()) {
                throw new IllegalStateException("This is no book.");
              }
              return batch.acknowledged();
            });
    books().insert(book(1, "Emma"));
    try (CdcEngine engine = engine(target)) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      task.awaitState(TaskState.FAILED, SOON);
      assertThat(task.status().reason()).contains("This is no book.").contains("resume");
      mended.set(true);
      task.resume();
      task.awaitCaughtUp(SOON);
      assertThat(task.status().counters().inserted()).isEqualTo(1);
    }
  }

  @Test
  void whichFailuresPassIsForTheUserToSay() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ConsumerTarget target =
        ConsumerTarget.of(
                batch -> {
                  if (hasRows(batch) && calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("Not now.");
                  }
                  return batch.acknowledged();
                })
            .retryWhen(IllegalStateException.class::isInstance);
    books().insert(book(1, "Emma"));
    try (CdcEngine engine = engine(target)) {
      engine.submit(TaskSpec.of("t")).awaitCaughtUp(SOON);
    }
    assertThat(calls).hasValue(2);
  }

  @Test
  void aBatchThatIsOpenWhenTheEngineClosesComesAgain() throws Exception {
    BlockingQueue<CompletableFuture<Void>> open = new LinkedBlockingQueue<>();
    List<ChangeBatch> seen = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean hanging = new AtomicBoolean(true);
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              seen.add(batch);
              if (!hasRows(batch) || !hanging.get()) {
                return batch.acknowledged();
              }
              CompletableFuture<Void> pending = new CompletableFuture<>();
              open.add(pending);
              return pending;
            });
    books().insert(book(1, "Emma"));
    CompletableFuture<Void> givenUp;
    try (CdcEngine engine = engine(target)) {
      engine.submit(TaskSpec.of("t"));
      givenUp = open.take();
    }
    assertThat(givenUp).isCancelled();
    hanging.set(false);
    try (CdcEngine engine = engine(target)) {
      engine.submit(TaskSpec.of("t")).awaitCaughtUp(SOON);
    }
    List<ChangeBatch> rows = seen.stream().filter(ConsumerTargetTest::hasRows).toList();
    assertThat(rows).extracting(ChangeBatch::replay).containsExactly(false, true);
    assertThat(rows.get(1).changes().get(0).id()).isEqualTo(rows.get(0).changes().get(0).id());
    assertThat(seen)
        .flatExtracting(ChangeBatch::changes)
        .filteredOn(change -> change instanceof Change.CatalogChanged)
        .extracting(change -> ((Change.CatalogChanged) change).event())
        .hasOnlyElementsOfType(SchemaEvent.CreateCollection.class)
        .hasSize(1);
  }

  @Test
  void aBusyConsumerHoldsTheSourceBackWithinTheBudget() throws Exception {
    int rows = 3_000;
    AtomicInteger taken = new AtomicInteger();
    CompletableFuture<Void> busy = new CompletableFuture<>();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    ConsumerTarget target =
        ConsumerTarget.of(
                batch -> {
                  if (hasRows(batch)) {
                    begun.complete(null);
                    taken.addAndGet(batch.changes().size());
                    return busy;
                  }
                  return batch.acknowledged();
                })
            .batchBytes(100_000);
    InMemoryCollection books = books();
    books.insert(book(0, "short"));
    try (CdcEngine engine = engine(target)) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      begun.join();
      String page = "x".repeat(10_000);
      for (long id = 1; id < rows; id++) {
        books.insert(book(id, page));
      }
      await().atMost(SOON).until(() -> bytes(task) > BUDGET / 4);
      await()
          .during(Duration.ofMillis(500))
          .atMost(SOON)
          .until(() -> bytes(task) <= BUDGET && taken.get() == 1);
      busy.complete(null);
      task.awaitCaughtUp(Duration.ofSeconds(60));
    }
    assertThat(taken).hasValue(rows);
  }

  private static long bytes(CdcTask task) {
    return task.status().channels().stream().mapToLong(ChannelStatus::bufferedBytes).sum();
  }

  @Test
  void aConsumerByKeysEndsEqualWhateverFails() {
    Seeded.times(5, random -> live(random, false));
  }

  @Test
  void aConsumerThatKeepsTheWatermarkSeesEveryChangeOnce() {
    Seeded.times(5, random -> live(random, true));
  }

  /** Fails before or after it has done a batch; engines come and go, and the store fails, too. */
  private static final class Shaky implements ChangeConsumer {
    final Rebuilt rebuilt = new Rebuilt();
    private final SplittableRandom dice;
    private final boolean byWatermark;
    private final Set<String> ids = new HashSet<>();
    private long complete;
    volatile boolean calm;

    Shaky(SplittableRandom dice, boolean byWatermark) {
      this.dice = dice;
      this.byWatermark = byWatermark;
    }

    @Override
    public synchronized java.util.concurrent.CompletionStage<?> accept(ChangeBatch batch)
        throws IOException {
      trip();
      batch.changes().forEach(byWatermark ? this::once : change -> change.accept(rebuilt));
      trip();
      return batch.acknowledged();
    }

    /** Rows at or below the watermark are known; of all else the ids tell. */
    private void once(Change change) {
      if (change instanceof Change.Watermark upTo) {
        complete = Math.max(complete, upTo.timestamp().value());
        return;
      }
      boolean old =
          !(change instanceof Change.CatalogChanged) && change.timestamp().value() <= complete;
      if (!old && ids.add(change.id())) {
        change.accept(rebuilt);
      }
    }

    private void trip() throws IOException {
      if (!calm && dice.nextInt(15) == 0) {
        throw new IOException("The test says that the consumer stumbles.");
      }
    }
  }

  private static void live(SplittableRandom random, boolean byWatermark) throws Exception {
    InMemorySource source = new InMemorySource();
    InMemoryStore store = new InMemoryStore();
    Shaky consumer = new Shaky(random.split(), byWatermark);
    ConsumerTarget target = ConsumerTarget.of(consumer).batchBytes(300);
    SplittableRandom dice = random.split();
    RandomLife life = new RandomLife(source, random.split());
    FailingStore failing =
        new FailingStore(
            store,
            () -> {
              synchronized (dice) {
                return !consumer.calm && dice.nextInt(15) == 0;
              }
            });
    for (int engine = 0; engine < 4; engine++) {
      consumer.calm = engine == 3;
      try (CdcEngine running =
          CdcEngine.builder().source(source).target(target).checkpoints(failing).start()) {
        CdcTask task = running.submit(TaskSpec.of("t"));
        for (int step = 0; step < 60; step++) {
          life.step();
          Thread.sleep(random.nextInt(4));
        }
        if (consumer.calm) {
          task.awaitCaughtUp(Duration.ofSeconds(30));
        }
      }
    }
    synchronized (consumer) {
      assertThat(new HashMap<>(consumer.rebuilt.rows())).isEqualTo(new HashMap<>(life.rows()));
    }
  }
}
