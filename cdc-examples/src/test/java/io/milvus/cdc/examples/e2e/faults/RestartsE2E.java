package io.milvus.cdc.examples.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each part around the engine is killed while it replicates; it goes on by itself. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(OneBench.class)
@Tag("slow")
class RestartsE2E {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration LATER = Duration.ofMinutes(3);

  private static final String TTL = "collection.ttl.seconds";
  private static final String COMPACTION = "collection.autocompaction.enabled";

  private static LocalStack stack;

  private Bench bench;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) throws Exception {
    bench = corner;
    stack = bench.stack();
  }

  /** A Pulsar that was killed may use up the machine from then on (RocksdbMetadataStore). */
  @AfterAll
  static void wipe() {
    stack.wipe();
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
  }

  /** Pulsar is last: after its death it may use up the machine. */
  static List<Part> parts() {
    List<Part> parts = new ArrayList<>(List.of(Part.values()));
    parts.remove(Part.QUEUE);
    parts.add(Part.QUEUE);
    return parts;
  }

  @ParameterizedTest
  @MethodSource("parts")
  @Order(2)
  void resumesByItselfAfterTheDeathOf(Part part) throws Exception {
    String database = bench.database("a");
    Table table = Table.create(bench.sourceClient(), database, "t", 2);
    engine = bench.engine(state);
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.RUNNING, SOON);
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread writer = new Thread(() -> write(table, writing));
    writer.start();
    try {
      Thread.sleep(2000);
      bench.stack().restart(part);
      Thread.sleep(2000);
    } finally {
      writing.set(false);
      writer.join();
    }
    awaitCaughtUpAfterTheDeathOf(part);
    assertThat(task.state()).isEqualTo(TaskState.RUNNING);
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
  }

  /**
   * A Milvus whose etcd or queue died may hang until the stack restarts it, too. A Pulsar that was
   * killed may be busy for minutes, or until it is started once more.
   */
  private void awaitCaughtUpAfterTheDeathOf(Part part) throws Exception {
    try {
      task.awaitCaughtUp(SOON);
    } catch (TimeoutException e) {
      System.out.printf("%s%n%s%n", e.getMessage(), stack.history());
      if (part == Part.QUEUE) {
        stack.restart(part);
      }
      task.awaitCaughtUp(LATER);
    }
  }

  /**
   * Milvus 2.3.5 forgets the last change of properties when it restarts: etcd has the one before.
   */
  @Test
  @Order(1)
  void sourceThatDiesRightAfterANameChangedHandsAndThatForgetsPropertiesIsFollowed()
      throws Exception {
    String database = bench.database("b");
    Table first = Table.create(bench.sourceClient(), database, "t", 2);
    first.insert(0, 1_000, "first");
    Table altered = Table.create(bench.sourceClient(), database, "altered", 1);
    altered.collection().alter(COMPACTION, "true");
    altered.collection().alter(TTL, "36000");
    engine = bench.engine(state);
    task = engine.submit(bench.spec());
    awaitProperties(database, Map.of(COMPACTION, "true", TTL, "36000"));
    task.awaitCaughtUp(SOON);

    bench.sourceClient().drop(database, "t");
    Table second = Table.create(bench.sourceClient(), database, "t", 1);
    second.insert(0, 50, "second");
    bench.stack().restart(Part.SOURCE);
    second.insert(50, 100, "third");
    altered.collection().alter(TTL, "72000");
    awaitProperties(database, Map.of(COMPACTION, "true", TTL, "72000"));
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isEqualTo(100);
  }

  private void awaitProperties(String database, Map<String, String> wanted) {
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(MilvusException.class)
        .until(
            () ->
                bench
                    .targetClient()
                    .collection(database, "altered")
                    .describe()
                    .getPropertiesList()
                    .stream()
                    .collect(Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue))
                    .equals(wanted));
  }

  /** Writes on whatever fails: which rows the source took is for the source to tell. */
  private static void write(Table table, AtomicBoolean writing) {
    for (int k = 0; writing.get(); k += 100) {
      try {
        table.insert(k, k + 100, "row");
        table.delete(k, k + 3);
      } catch (MilvusException e) {
        System.out.println("while a part is away: " + e.getMessage());
      }
    }
  }
}
