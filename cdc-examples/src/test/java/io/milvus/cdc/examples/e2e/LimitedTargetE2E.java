package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.etcd.EtcdConnection;
import io.milvus.cdc.etcd.EtcdSettings;
import io.milvus.cdc.examples.stack.Addresses;
import io.milvus.cdc.examples.stack.LocalStack;
import io.milvus.cdc.examples.stack.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target's queue is a Kafka that takes smaller messages than the source's. */
class SmallMessagesE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int ROWS = 600;

  /** A row of the table's has a kilobyte, so all rows of a message have six times as much. */
  private static final int LIMIT = 100_000;

  @TempDir private Path state;

  private LocalStack stack;
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    stack = LocalStack.upWithoutMilvus("small-messages", "kafka", line -> {});
    setUpTarget(stack.addresses());
    stack.start(Part.SOURCE);
    stack.start(Part.TARGET);
    bench = Bench.on(stack, "small");
  }

  /** Settings in etcd count more than those in a file. */
  private static void setUpTarget(Addresses addresses) throws InterruptedException {
    String root = addresses.target().rootPath();
    Map<String, String> settings = new HashMap<>(Map.of("mq/type", "kafka"));
    settings.put("kafka/brokerList", addresses.kafka());
    settings.put("kafka.producer.message.max.bytes", Integer.toString(LIMIT));
    for (String unused : List.of("Username", "Password", "Mechanisms")) {
      settings.put("kafka/sasl" + unused, "");
    }
    settings.put("kafka/securityProtocol", "");
    EtcdSettings etcd =
        new EtcdSettings(List.of(addresses.etcd()), root, "meta", null, null, null, null, null);
    try (EtcdConnection connection = EtcdConnection.open(etcd)) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        connection.put("%s/config/%s".formatted(root, setting.getKey()), setting.getValue());
      }
    }
  }

  @AfterEach
  void close() {
    if (bench != null) {
      bench.close();
    }
    stack.wipe();
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
}
