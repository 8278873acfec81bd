package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.BOOKS;
import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.FakeTarget;
import io.milvus.cdc.testkit.Messages;
import io.milvus.cdc.testkit.Seeded;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tasks of one engine read a channel together, and none of them notices another. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SharedReadingTest {
  private static final int TASKS = 8;
  private static final String CHANNEL = "s-dml_0";

  private final FakeSource source = new FakeSource(CHANNEL);
  private final List<FakeTarget> targets = new ArrayList<>();
  private final List<CdcTask> tasks = new ArrayList<>();
  private long key;
  private Engine engine;

  @TempDir private Path directory;

  /** An engine with a task for everything to each of several targets. */
  @BeforeEach
  void begin() throws Exception {
    Map<String, ChangeTarget> named = new HashMap<>();
    for (int i = 0; i < TASKS; i++) {
      targets.add(new FakeTarget());
      named.put("target" + i, targets.get(i));
    }
    engine =
        new Engine(
            new EngineSettings(
                source,
                named,
                CheckpointStore.in(new InMemoryStore()),
                List.of(),
                SharedReadingTest::daemon,
                1 << 20,
                directory,
                InstantSource.system()));
    source.change(Entries.catalog(BOOKS));
    for (int i = 0; i < TASKS; i++) {
      tasks.add(engine.submit(TaskSpec.builder("t" + i).target("target" + i).build()));
    }
    for (CdcTask task : tasks) {
      task.awaitState(TaskState.RUNNING, SOON);
    }
  }

  @AfterEach
  void end() {
    engine.close();
    assertThat(source.violations()).isEmpty();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private long tick() {
    long now = Timestamps.of(Instant.now());
    source.tick(now, CHANNEL);
    return now;
  }

  private void write() {
    long after = tick() + ++key;
    source.publish(CHANNEL, Messages.insert(BOOKS.shards().get(0), 1, 10, after, key));
  }

  /** Ticks until every one of these has all rows. */
  private void awaitAll(List<FakeTarget> all) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              tick();
              return all.stream().allMatch(target -> rows(target, true).size() == key);
            });
    for (FakeTarget target : all) {
      assertThat(rows(target, true)).isEqualTo(rows(all.get(0), true));
      assertThat(rows(target, false)).doesNotHaveDuplicates();
    }
  }

  /**
   * The timestamps of a target's rows.
   *
   * @param all whether to take those that were replayed, once
   */
  private static List<Long> rows(FakeTarget target, boolean all) {
    Stream<Long> rows =
        target.rounds().stream()
            .filter(round -> all || !round.isReplay())
            .flatMap(round -> round.events().stream())
            .map(DataEvent::timestamp);
    return (all ? rows.distinct().sorted() : rows).toList();
  }

  /** Ticks until one of them reads for all: one message costs one reading. */
  private void awaitOneReader() {
    await()
        .atMost(SOON)
        .until(
            () -> {
              int before = source.read(CHANNEL);
              for (int i = 0; i < 5; i++) {
                tick();
                Thread.sleep(5);
              }
              return source.read(CHANNEL) - before == 5;
            });
  }

  @Test
  void tasksThatAreCaughtUpReadEachMessageOnce() {
    awaitOneReader();
    int before = source.read(CHANNEL);
    for (int i = 0; i < 100; i++) {
      write();
    }
    awaitAll(targets);

    assertThat(source.read(CHANNEL) - before).isLessThan(100 * 2 * 2);
  }

  @Test
  void whoeverReadsForTheOthersMayPauseFailOrGo() throws Exception {
    for (int i = 0; i < TASKS - 1; i++) {
      awaitOneReader();
      CdcTask task = tasks.get(i);
      if (i % 3 == 0) {
        task.pause();
      } else if (i % 3 == 1) {
        task.delete();
      } else {
        targets.get(i).failToSend(new TargetException("broken for good", ""));
      }
      write();
      awaitAll(targets.subList(i + 1, TASKS));
    }
    assertThat(tasks.get(TASKS - 1).status().counters().retries()).isZero();
  }

  @Test
  void oneWhoseTargetHangsHoldsUpNobodyAndMissesNothing() {
    awaitOneReader();
    targets.get(0).hang();
    targets.get(3).hang();
    List<FakeTarget> others = new ArrayList<>(targets);
    others.removeAll(List.of(targets.get(0), targets.get(3)));
    // More than the budget of one task.
    for (int i = 0; i < 6000; i++) {
      write();
    }
    awaitAll(others);
    targets.get(0).goOn();
    targets.get(3).goOn();
    awaitAll(targets);
    awaitOneReader();
  }

  @Test
  void oneThatIsGivenNothingByTheQueueIsNotWaitedForByTheOthersForLong() {
    awaitOneReader();
    String leader = source.lastReader();
    source.starve(leader);
    write();
    List<FakeTarget> others = new ArrayList<>(targets);
    others.remove(Integer.parseInt(leader.substring(1)));
    awaitAll(others);
    source.starve("");
    awaitAll(targets);
    awaitOneReader();
  }

  @Test
  void whateverHappensToSomeEachGetsEveryRowOnce() {
    Seeded.times(
        3,
        random -> {
          for (int step = 0; step < 100; step++) {
            harm(random);
          }
          // Faults that are still to come, and pauses before retries, add up to more than is
          // waited.
          tasks.forEach(CdcTask::pause);
          targets.forEach(FakeTarget::recover);
          tasks.forEach(CdcTask::resume);
          awaitAll(targets);
        });
    awaitOneReader();
  }

  private void harm(SplittableRandom random) {
    CdcTask task = tasks.get(random.nextInt(TASKS));
    FakeTarget target = targets.get(random.nextInt(TASKS));
    switch (random.nextInt(10)) {
      case 0 -> task.pause();
      case 1, 2 -> task.resume();
      case 3 -> target.failToSend(new RetriableException("for a moment", ""));
      case 4 -> target.failToOpen(new RetriableException("for a moment", ""));
      default -> LongStream.range(0, random.nextInt(1, 20)).forEach(i -> write());
    }
  }
}
