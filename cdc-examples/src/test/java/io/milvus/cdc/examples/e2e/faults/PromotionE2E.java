package io.milvus.cdc.examples.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.PromotionPendingException;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.PromotedException;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A standby takes over, and is taken back. It has an etcd of its own, through which to switch. */
@ExtendWith(OneBench.class)
@Tag("slow")
class PromotionE2E {
  /** A target that was written to by others forgets the streams of then after 45 s. */
  private static final Duration SOON = Duration.ofMinutes(2);

  private static final int BATCH = 20;

  /** Milvus moves its clock on every 50 ms (internal/tso/tso.go of 2.3). */
  private static final Duration TICK_OF_THE_CLOCK = Duration.ofMillis(200);

  private static final long FOREIGN_KEY = -1;

  private static LocalStack second;
  private Bench bench;
  private MilvusClient standby;
  private String database;
  private Table table;
  private MilvusCollection mirrored;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;

  /** One insert of the writer: all of its rows have one timestamp between these moments. */
  private record Batch(Instant begun, Instant done) {}

  @BeforeAll
  static void up() {
    second = LocalStack.upSecondTarget(line -> {});
  }

  @AfterAll
  static void down() {
    second.wipe();
  }

  @BeforeEach
  void open(Bench corner) throws Exception {
    bench = corner;
    standby = MilvusClient.connect(second.addresses().target().uri());
    database = bench.database("a");
    table = Table.create(bench.sourceClient(), database, "t", 2);
    table.collection().serving().createFlatIndex("v", false);
    table.collection().serving().startLoad();
    mirrored = standby.collection(database, "t");
    engine = engine(rootPath());
    task = engine.submit(bench.spec());
    task.awaitCaughtUp(SOON);
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
    standby.close();
  }

  private static String rootPath() {
    return second.addresses().target().rootPath();
  }

  private CdcEngine engine(String rootPath) {
    return CdcEngine.builder()
        .source(bench.source().build())
        .target(
            MilvusTarget.builder()
                .uri(second.addresses().target().uri())
                .etcd(second.addresses().etcd())
                .rootPath(rootPath)
                .build())
        .checkpoints(FileStore.at(state))
        .start();
  }

  @Test
  void aTargetPromotedUnderLoadHasJustWhatTheSourceHadThenTakesWritesAndCanBeTakenBack()
      throws Exception {
    List<Batch> batches = new CopyOnWriteArrayList<>();
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread writer = new Thread(() -> write(batches, writing));
    writer.start();
    Promotion promotion;
    try {
      Thread.sleep(3000);
      promotion = task.promote();
      Thread.sleep(1000);
    } finally {
      writing.set(false);
      writer.join();
    }

    assertThat(promotion.writable()).as("%s", promotion).isTrue();
    assertThat(promotion.doubtfulUntil()).isNull();
    assertHoldsTheBatchesUntil(promotion.sourceTime(), batches);

    Table there = new Table(mirrored);
    there.insert(FOREIGN_KEY, FOREIGN_KEY + 1, "foreign");
    assertThat(mirrored.count("pk == -1", List.of(), ReadAt.strong())).isEqualTo(1);
    Table.create(standby, database, "foreign", 1).insert(0, 10, "row");

    assertThatThrownBy(task::resume).isInstanceOf(PromotedException.class);
    engine.close();
    engine = engine(rootPath());
    task = engine.submit(bench.spec());
    assertThat(task.state()).isEqualTo(TaskState.PROMOTED);

    there.delete(FOREIGN_KEY, FOREIGN_KEY + 1);
    standby.drop(database, "foreign");
    task.demote();
    assertThat(task.state()).isEqualTo(TaskState.PAUSED);
    task.resume();
    Verdict verdict = compare();
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isEqualTo((long) batches.size() * BATCH);
  }

  @Test
  void aTargetIsPromotedWhileItsSourceIsDown() throws Exception {
    table.insert(0, 1000, "row");
    task.awaitCaughtUp(SOON);
    bench.stack().kill(Part.SOURCE);
    try {
      Promotion promotion = task.promote();
      assertThat(promotion.writable()).as("%s", promotion).isTrue();
      assertThat(promotion.doubtfulUntil()).isNull();
      assertThat(mirrored.count(ReadAt.strong())).isEqualTo(1000);
    } finally {
      bench.stack().start(Part.SOURCE);
    }
    task.demote();
    task.resume();
    table.insert(1000, 2000, "row");
    Verdict verdict = compare();
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
  }

  /** As one does whose etcd is embedded: it runs on as what its own milvus.yaml says. */
  @Test
  void aTargetThatDoesNotFollowItsEtcdIsNotPromotedUntilAPersonHasMadeItWritable()
      throws Exception {
    table.insert(0, 100, "row");
    task.awaitCaughtUp(SOON);
    engine.close();
    engine = engine("nothing-reads-this");
    task = engine.submit(bench.spec());

    PromotionPendingException pending =
        catchThrowableOfType(PromotionPendingException.class, task::promote);

    assertThat(pending)
        .hasMessageContainingAll(
            "does not accept writes yet", "common.ttMsgEnabled: true", "milvus.yaml", "restart it");
    assertThat(task.state()).isEqualTo(TaskState.PROMOTING);
    assertThatThrownBy(() -> new Table(mirrored).insert(FOREIGN_KEY, FOREIGN_KEY + 1, "foreign"))
        .isInstanceOf(MilvusException.class);

    String key = rootPath() + "/config/common/ttMsgEnabled";
    try (EtcdConnection byHand =
        EtcdConnection.open(
            EtcdEndpoint.at(second.addresses().etcd()), Keyspace.ours(rootPath() + "/"))) {
      byHand.put(key, "true");
      await().atMost(SOON).ignoreExceptions().until(() -> task.promote().writable());
      assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
      byHand.put(key, "false");
    }
    task.demote();
    task.resume();
    task.awaitCaughtUp(SOON);
  }

  private void write(List<Batch> batches, AtomicBoolean writing) {
    while (writing.get()) {
      long key = (long) batches.size() * BATCH;
      Instant begun = Instant.now();
      table.insert(key, key + BATCH, "row");
      batches.add(new Batch(begun, Instant.now()));
    }
  }

  /** Whatever was in before that moment is there, once; nothing that came after it is. */
  private void assertHoldsTheBatchesUntil(Instant moment, List<Batch> batches) {
    Instant surelyBefore = moment.minus(TICK_OF_THE_CLOCK);
    Instant surelyAfter = moment.plus(TICK_OF_THE_CLOCK);
    long done = batches.stream().filter(batch -> batch.done().isBefore(surelyBefore)).count();
    long begun = batches.stream().filter(batch -> !batch.begun().isAfter(surelyAfter)).count();
    long rows = mirrored.count(ReadAt.strong());
    assertThat(rows % BATCH).isZero();
    assertThat(rows / BATCH).as("batches until %s", moment).isBetween(done, begun);
    assertThat(begun).isLessThan(batches.size());
    assertThat(mirrored.count("pk < %d".formatted(rows), List.of(), ReadAt.strong()))
        .isEqualTo(rows);
  }

  private Verdict compare() throws Exception {
    task.awaitCaughtUp(SOON);
    return Comparison.of(bench.sourceSide(), MilvusEndpoint.at(second.addresses().target().uri()))
        .load()
        .databases(database)
        .targetReadAt(() -> task.status().readTimestamp())
        .retryFor(SOON)
        .run();
  }
}
