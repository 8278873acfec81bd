package io.milvus.cdc.examples.e2e.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The target has limits that the source does not have: its queue is a Kafka that takes smaller
 * messages, and it takes few changes of its catalog in a second.
 */
class LimitedTargetE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int ROWS = 600;

  /** A row of the table's has a kilobyte, so all rows of a message have six times as much. */
  private static final int LIMIT = 100_000;

  private static final String CHANGES_A_SECOND = "0.5";
  private static final int TABLES = 3;

  @TempDir private Path state;

  private static LocalStack stack;
  private Bench bench;

  @BeforeAll
  static void start() throws Exception {
    stack = LocalStack.upWithoutMilvus("limited-target", "kafka", line -> {});
    setUpTarget(stack.addresses());
    stack.start(Part.SOURCE);
    stack.start(Part.TARGET);
  }

  @BeforeEach
  void open() {
    bench = Bench.on(stack, "limited");
  }

  /**
   * Settings in etcd count more than those in a file. A running Milvus 2.3.5 must not get these: it
   * waits for itself forever when a limit changes (pkg/config/etcd_source.go).
   */
  private static void setUpTarget(Addresses addresses) throws InterruptedException {
    String root = addresses.target().rootPath();
    Map<String, String> settings = new HashMap<>(Map.of("mq/type", "kafka"));
    settings.put("kafka/brokerList", addresses.kafka());
    settings.put("kafka.producer.message.max.bytes", Integer.toString(LIMIT));
    for (String unused : List.of("Username", "Password", "Mechanisms")) {
      settings.put("kafka/sasl" + unused, "");
    }
    settings.put("kafka/securityProtocol", "");
    for (String rate : List.of("ddl/collectionRate", "ddl/partitionRate", "indexRate/max")) {
      settings.put("quotaAndLimits/%s/enabled".formatted(rate.split("/")[0]), "true");
      settings.put("quotaAndLimits/" + rate, CHANGES_A_SECOND);
    }
    try (EtcdConnection connection =
        EtcdConnection.open(EtcdEndpoint.at(addresses.etcd()), Keyspace.ours(root + "/"))) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        connection.put("%s/config/%s".formatted(root, setting.getKey()), setting.getValue());
      }
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @AfterAll
  static void wipe() {
    if (stack != null) {
      stack.wipe();
    }
  }

  @Test
  void rowsArriveInPartsOnceEachThroughAKill() throws Exception {
    Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 1);
    Path log = Files.createTempFile("mirror", ".log");
    try (MirrorProcess mirror = bench.mirror(state, log)) {
      mirror.awaitOutput("state=RUNNING", SOON);
      table.insertRandom(0, ROWS, 1_000);
      mirror.awaitOutput("Rows are sent again, in messages of at most", SOON);
    }
    table.upsert(0, 50, "changed");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      table.insertRandom(ROWS, 2 * ROWS, 1_000);
      Verdict verdict = bench.compare(task, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(2L * ROWS);
      assertThat(task.status().retry()).isNull();
    }
  }

  @Test
  void changesGoOnAtTheRateThatTheTargetAllowsAndTheStatusSaysWhyTheyWait() throws Exception {
    String database = bench.database("b");
    for (int i = 0; i < TABLES; i++) {
      Table table = Table.create(bench.sourceClient(), database, "t" + i, 1);
      table.collection().createPartition("p");
      table.insert(0, 100, "row");
      table.collection().serving().createFlatIndex("v", false);
      table.collection().serving().startLoad();
    }
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      List<String> hindrances = new ArrayList<>();
      Awaitility.await()
          .atMost(SOON)
          .until(
              () -> {
                TaskStatus now = task.status();
                assertThat(now.state()).as(now.reason()).isNotEqualTo(TaskState.FAILED);
                hindrances.addAll(now.limitations());
                if (now.retry() != null) {
                  hindrances.add(now.retry().cause());
                }
                return now.counters().inserted() == TABLES * 100L && now.limitations().isEmpty();
              });
      assertThat(hindrances)
          .anyMatch(why -> why.contains("refused to create") && why.contains("rate limit"));
      Verdict verdict = bench.compare(task, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
    }
  }
}
