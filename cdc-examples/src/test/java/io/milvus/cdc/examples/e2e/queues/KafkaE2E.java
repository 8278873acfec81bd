package io.milvus.cdc.examples.e2e.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.KafkaTopics;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.preflight.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source that writes to Kafka is mirrored as one that writes to Pulsar. All other tests show it,
 * too, with {@code -Dcdc.queue=kafka}. How often the mirror is killed is {@code -Dcdc.kills}, 2 by
 * default.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class KafkaE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int KILLS = Integer.getInteger("cdc.kills", 2);

  private static @Nullable LocalStack stack;

  private Bench bench;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    bench = Bench.openKafka("kafka");
    stack = bench.stack();
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

  /** Milvus makes a topic in Kafka when the first collection comes to it. */
  @Test
  @Order(1)
  void topicsThatComeWithTheirFirstCollectionAreRead() throws Exception {
    String database = bench.database("fresh");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitState(TaskState.RUNNING, SOON);
      Table.create(bench.sourceClient(), database, "t", 2).insert(0, 1_000, "row");
      task.awaitCaughtUp(SOON);
      task.pause();
      Table.create(bench.sourceClient(), database, "while_paused", 2).insert(0, 1_000, "row");
      task.resume();
      assertEqual(task);
      assertTopicsHaveMorePartitionsThanMilvusUses(task);
      assertThat(engine.check(bench.spec()))
          .noneMatch(finding -> finding.severity() == Finding.Severity.BLOCKING);
      bench.cleanUp(task);
    }
  }

  /** The broker's num.partitions is 3: Milvus names the first one when it writes. */
  private void assertTopicsHaveMorePartitionsThanMilvusUses(CdcTask task) throws Exception {
    try (KafkaTopics kafka = new KafkaTopics(bench.addresses().kafka())) {
      for (ChannelStatus channel : task.status().channels()) {
        List<Long> ends = kafka.ends(channel.channel());
        assertThat(ends).hasSize(3).endsWith(0L, 0L);
        assertThat(ends.get(0)).isPositive();
      }
    }
  }

  private void assertEqual(CdcTask task) throws Exception {
    Verdict verdict = bench.compare(task, Duration.ofMinutes(2));
    System.out.println(verdict.table());
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
  }

  @Test
  void nothingIsLostAndNothingIsDoubledWhenTheMirrorAndKafkaDie() throws Exception {
    long seed = Seeds.next("kafka");
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    bench.database("a");
    bench.database("b");
    try (RunningWorkload workload =
        MixedWorkload.on(bench.sourceClient())
            .databases(bench.databases())
            .seed(seed)
            .rate(2_000)
            .betweenChanges(Duration.ofMillis(500))
            .goOnAfterErrors()
            .start()) {
      killTheMirror(log, new SplittableRandom(seed));
      try (MirrorProcess mirror = bench.mirror(state, log)) {
        mirror.awaitOutput("state=RUNNING", SOON);
        bench.stack().restart(Part.QUEUE);
        Thread.sleep(3_000);
      }
      workload.stop();
      System.out.println(workload);
    }
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      assertEqual(task);
      bench.cleanUp(task);
    }
  }

  private void killTheMirror(Path log, SplittableRandom random) throws InterruptedException {
    for (int kill = 0; kill < KILLS; kill++) {
      try (MirrorProcess mirror = bench.mirror(state, log)) {
        mirror.awaitOutput("state=RUNNING", SOON);
        Thread.sleep(random.nextLong(0, 3_000));
      }
    }
  }

  @Test
  void messagesThatKafkaHasGivenUpFailTheTask() throws Exception {
    Table table = Table.create(bench.sourceClient(), bench.database("c"), "t", 1);
    try (CdcEngine engine = bench.engine(state);
        KafkaTopics kafka = new KafkaTopics(bench.addresses().kafka())) {
      CdcTask task = engine.submit(bench.spec());
      table.insert(0, 100, "row");
      task.awaitCaughtUp(SOON);
      List<String> channels =
          task.status().channels().stream()
              .filter(ChannelStatus::live)
              .map(ChannelStatus::channel)
              .toList();
      task.pause();
      table.insert(100, 200, "lost");
      for (String channel : channels) {
        kafka.empty(channel);
      }
      table.insert(200, 300, "later");
      task.resume();
      task.awaitState(TaskState.FAILED, SOON);
      assertThat(task.status().reason())
          .contains("no longer holds message")
          .contains("start from that backup's positions");
      assertThat(task.status().counters().inserted()).isEqualTo(100);
      task.delete();
      // Else no task could begin at the earliest message: a living collection's are gone.
      bench.dropDatabases();
    }
  }

  @Test
  void theTasksGroupTellsHowFarItIsAndGoesWithTheTask() throws Exception {
    Table table = Table.create(bench.sourceClient(), bench.database("d"), "t", 1);
    String group = "milvus-cdc-" + bench.spec().id();
    try (CdcEngine engine = bench.engine(state);
        KafkaTopics kafka = new KafkaTopics(bench.addresses().kafka())) {
      CdcTask task = engine.submit(bench.spec());
      table.insert(0, 100, "row");
      task.awaitCaughtUp(SOON);
      assertThat(kafka.groups()).contains(group);
      assertThat(kafka.committed(group)).hasSize(bench.addresses().source().channels());
      bench.cleanUp(task);
      assertThat(kafka.groups()).doesNotContain(group);
    }
  }
}
