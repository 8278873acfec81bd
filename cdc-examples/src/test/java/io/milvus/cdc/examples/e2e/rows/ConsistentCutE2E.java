package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.Query;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.grpc.FieldData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever sees a row on the target can see everything that the source had before it. How often it
 * is read and then interrupted is {@code -Dcdc.rounds}, by default once more than there are ways.
 */
@ExtendWith(OneBench.class)
@Tag("slow")
class ConsistentCutE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int ROUNDS = Integer.getInteger("cdc.rounds", 4);
  private static final int SAMPLES = 23;

  private Bench bench;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;
  @TempDir private Path logs;
  private Path log;
  private final SplittableRandom random = new SplittableRandom(Seeds.next("cut"));

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    log = logs.resolve("mirror.log");
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
  }

  @Test
  void rowsWrittenFirstAreSeenFirst() throws Exception {
    String database = bench.database("a");
    Table a = served(Table.create(bench.sourceClient(), database, "a", 2));
    Table b = served(Table.create(bench.sourceClient(), database, "b", 2));
    start();
    task.awaitCaughtUp(SOON);
    MilvusCollection targetA = loadedOnTarget(database, "a");
    MilvusCollection targetB = loadedOnTarget(database, "b");
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger written = new AtomicInteger();
    Thread writer = new Thread(() -> write(a, b, writing, written));
    writer.start();
    try {
      int samples = 0;
      int seen = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < SAMPLES; i++, samples++) {
          seen = sample(targetA, targetB);
        }
        interrupt(round);
      }
      assertThat(samples).isEqualTo(ROUNDS * SAMPLES);
      assertThat(seen).isPositive();
    } finally {
      writing.set(false);
      writer.join();
    }
    assertThat(bench.compare(task, SOON).equal()).isTrue();
  }

  /** Reads B as it is, then A as the task's read timestamp promises. */
  private int sample(MilvusCollection a, MilvusCollection b) {
    Set<Long> keysOfB = keys(b, ReadAt.eventually());
    ReadAt promised = ReadAt.timestamp(task.status().readTimestamp().value());
    Set<Long> keysOfA = keys(a, promised);
    assertThat(keysOfA).as("A at %s, as %s", promised, task.status()).containsAll(keysOfB);
    return keysOfB.size();
  }

  /** By turns: falls behind and catches up, is begun anew, and is killed in another process. */
  private void interrupt(int round) throws Exception {
    switch (round % 3) {
      case 0 -> {
        task.pause();
        Thread.sleep(1500);
        task.resume();
      }
      case 1 -> {
        engine.close();
        start();
      }
      default -> {
        engine.close();
        liveAndDie();
        start();
      }
    }
  }

  private void liveAndDie() throws Exception {
    try (MirrorProcess mirror = bench.mirror(state, log)) {
      mirror.awaitOutput("state=RUNNING", SOON);
      Thread.sleep(random.nextLong(1000, 3000));
    }
  }

  private void start() throws Exception {
    engine = bench.engine(state);
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.RUNNING, SOON);
  }

  private static void write(Table a, Table b, AtomicBoolean writing, AtomicInteger written) {
    while (writing.get()) {
      int k = written.getAndAdd(5);
      a.insert(k, k + 5, "row");
      b.insert(k, k + 5, "row");
    }
  }

  private static Table served(Table table) {
    table.collection().serving().createFlatIndex("v", false);
    table.collection().serving().startLoad();
    return table;
  }

  private MilvusCollection loadedOnTarget(String database, String name) {
    MilvusCollection collection = bench.targetClient().collection(database, name);
    collection.serving().awaitLoaded(SOON);
    return collection;
  }

  private static Set<Long> keys(MilvusCollection collection, ReadAt at) {
    List<FieldData> columns = collection.query(Query.of("pk >= 0", "pk").at(at));
    return columns.stream()
        .filter(column -> column.getFieldName().equals("pk"))
        .findFirst()
        .map(column -> (Set<Long>) new HashSet<>(column.getScalars().getLongData().getDataList()))
        .orElse(Set.of());
  }
}
