package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.KafkaTopics;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.PulsarTopicReader;
import io.milvus.cdc.examples.e2e.bench.SecureKafka;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.ServerProcess;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.e2e.bench.Together;
import io.milvus.cdc.examples.e2e.bench.TopicComparison;
import io.milvus.cdc.examples.e2e.bench.TopicReader;
import io.milvus.cdc.examples.rebuild.Rebuild;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.TargetSession;
import io.milvus.cdc.targets.events.EventFormat;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes become events in a Kafka that asks for a login over TLS. What a topic tells is compared
 * with the source row for row, and no id is there twice. How often the process is killed is {@code
 * -Dcdc.kills}, 3 by default.
 */
@ExtendWith(OneBench.class)
@Tag("slow")
class KafkaEventsE2E {
  private static final Duration SOON = Duration.ofMinutes(3);

  private static @Nullable SecureKafka kafka;

  private Bench bench;
  private String topic;

  @TempDir private Path state;

  @BeforeAll
  static void up() {
    kafka = SecureKafka.up();
  }

  @AfterAll
  static void down() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    topic = "events-" + Long.toString(System.nanoTime(), 36);
  }

  private KafkaTarget target() {
    return kafka.target(topic).build();
  }

  /** Everything that the source has is told, exactly once. */
  private void assertTold(CdcTask task, Duration atMost) throws Exception {
    task.awaitCaughtUp(atMost);
    long now = task.status().watermark().value();
    try (TopicReader reader = new TopicReader(kafka.properties(), topic)) {
      reader.readUpTo(now);
      TopicComparison comparison =
          new TopicComparison(bench.sourceClient(), reader.rebuild().source());
      assertThat(comparison.differences(Set.of(bench.databases()))).isEmpty();
      assertThat(reader.doubled()).isEmpty();
      assertThat(comparison.rows()).isPositive();
      System.out.println("compared %d rows; %s".formatted(comparison.rows(), reader.types()));
    }
  }

  @Test
  void nothingIsLostAndNothingIsToldTwice() throws Exception {
    long seed = Seeds.next("kafka events");
    SplittableRandom random = new SplittableRandom(seed);
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    bench.database("a");
    bench.database("b");
    Map<String, String> settings =
        Map.of(
            "target",
            kafka.address(),
            "topic",
            topic,
            "user",
            kafka.users().user(),
            "password",
            kafka.users().password(),
            "certificates",
            kafka.authority().toString());
    try (RunningWorkload workload =
        MixedWorkload.on(bench.sourceClient())
            .databases(bench.databases())
            .seed(seed)
            .rate(1_000)
            .betweenChanges(Duration.ofMillis(500))
            .start()) {
      for (int kill = 0; kill < Integer.getInteger("cdc.kills", 3); kill++) {
        try (MirrorProcess mirror = bench.mirror(state, log, settings)) {
          mirror.awaitOutput("state=RUNNING", SOON);
          if (kill % 3 == 1) {
            mirror.awaitOutput("change ", SOON);
          }
          Thread.sleep(random.nextLong(0, kill % 3 == 0 ? 3000 : 500));
        }
        System.out.println("killed " + kill);
      }
      workload.stop();
      System.out.println(workload);
    }
    try (CdcEngine engine = bench.engine(state, target())) {
      CdcTask task = engine.submit(bench.spec());
      assertTold(task, Duration.ofMinutes(3));
      bench.cleanUp(task);
    }
  }

  @Test
  void theBrokerMayDieUnderLoad() throws Exception {
    String database = bench.database("a");
    Table table = Table.create(bench.sourceClient(), database, "t", 2);
    try (CdcEngine engine = bench.engine(state, target())) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitState(TaskState.RUNNING, SOON);
      AtomicBoolean writing = new AtomicBoolean(true);
      Thread writer = new Thread(() -> write(table, writing));
      writer.start();
      Thread.sleep(2000);
      kafka.stack().restart(Part.QUEUE);
      Thread.sleep(2000);
      writing.set(false);
      writer.join();
      assertTold(task, Duration.ofMinutes(2));
      bench.cleanUp(task);
    }
  }

  private static void write(Table table, AtomicBoolean writing) {
    for (int k = 0; writing.get(); k += 100) {
      try {
        table.insert(k, k + 100, "row");
        table.delete(k, k + 3);
        Thread.sleep(20);
      } catch (MilvusException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void anEmptyChannelIsNoObstacle() throws Exception {
    bench.database("a");
    try (CdcEngine engine = bench.engine(state, target())) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      // Two shards, on two channels that had nothing before.
      Table table = Table.create(bench.sourceClient(), bench.databases()[0], "t", 2);
      table.insert(0, 2000, "row");
      table.delete(0, 1000);
      assertTold(task, SOON);
      try (TopicReader reader = new TopicReader(kafka.properties(), topic)) {
        reader.readUpTo(task.status().watermark().value());
        assertThat(reader.types())
            .containsEntry("io.milvus.cdc.row.inserted", 2000)
            .containsEntry("io.milvus.cdc.row.deleted", 1000);
      }
      bench.cleanUp(task);
    }
  }

  @Test
  void binaryModeATopicPerCollectionAndDebeziumTellTheSame() throws Exception {
    String database = bench.database("a");
    EventFormat binary = EventFormat.cloudEvents().binaryMode();
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().build())
            .target("binary", kafka.target(topic + "-b").format(binary).build())
            .target("apart", kafka.target(topic + "-a").topicPerCollection().build())
            .target("debezium", kafka.target(topic + "-d").format(EventFormat.debezium()).build())
            .checkpoints(FileStore.at(state))
            .start()) {
      List<CdcTask> tasks =
          Stream.of("binary", "apart", "debezium")
              .map(
                  name ->
                      TaskSpec.builder(name)
                          .target(name)
                          .selection(bench.spec().selection())
                          .build())
              .map(engine::submit)
              .toList();
      Table table = Table.create(bench.sourceClient(), database, "t", 2);
      table.collection().createPartition("p");
      table.insert(0, 300, "row");
      table.insert("p", 300, 400, "in p");
      table.delete(0, 50);
      table.upsert(50, 60, "new");
      long now = bench.sourceClient().timestamp();

      Map<String, Object> way = kafka.properties();
      String rows = ".%s.t".formatted(database);
      assertRebuilt(
          now, () -> KafkaRecords.of(way, topic + "-b").rebuild(BinaryEvents::structured));
      assertRebuilt(
          now,
          () ->
              KafkaRecords.of(way, topic + "-a", topic + "-a" + rows)
                  .rebuild(ConsumerRecord::value));
      assertRebuilt(now, () -> DebeziumEvents.rebuild(way, topic + "-d", topic + "-d" + rows));
      assertThat(DebeziumEvents.tombstones(way, topic + "-d" + rows))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 60).mapToObj(Integer::toString).toList());
      bench.dropDatabases();
      tasks.forEach(CdcTask::delete);
    }
  }

  /** What was rebuilt is complete up to there, and all that the source has. */
  private void assertRebuilt(long upTo, Supplier<Rebuild> rebuilding) {
    Rebuild rebuilt = await().atMost(SOON).until(rebuilding::get, told -> told.upTo() >= upTo);
    TopicComparison comparison = new TopicComparison(bench.sourceClient(), rebuilt.source());
    assertThat(comparison.differences(Set.of(bench.databases()))).isEmpty();
    assertThat(comparison.rows()).isEqualTo(350);
  }

  @Test
  void aFullDiskOfTheBrokerHoldsTheTaskUpAndLosesNothing() throws Exception {
    String database = bench.database("a");
    Table table = Table.create(bench.sourceClient(), database, "t", 2);
    KafkaTarget soonOutOfPatience =
        kafka
            .target(topic)
            .property("request.timeout.ms", "4000")
            .property("delivery.timeout.ms", "5000")
            .property("max.block.ms", "5000")
            .build();
    try (CdcEngine engine = bench.engine(state, soonOutOfPatience)) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      ProcessHandle broker = kafka.stack().process(Part.QUEUE);
      FileSizeLimit.set(broker, 64 << 10);
      for (int k = 0; broker.isAlive() && k < 60_000; k += 2_000) {
        table.insert(k, k + 2_000, "row");
        table.delete(k, k + 100);
        Thread.sleep(100);
      }
      broker.onExit().get(1, TimeUnit.MINUTES);
      // Else it would be started again at once, with room enough.
      kafka.stack().kill(Part.QUEUE);
      task.awaitState(TaskState.RETRYING, SOON);
      assertThat(task.status().retry().cause())
          .contains("Kafka at " + kafka.address(), "when its disk is full");

      kafka.stack().start(Part.QUEUE);
      assertTold(task, Duration.ofMinutes(2));
      assertThat(task.status().counters().retries()).isPositive();
      bench.cleanUp(task);
    }
  }

  /** By the Go server's requests and by ours, to a target that comes with the task or is known. */
  @Test
  void theServerFillsTopicsOfKafkaWithTheirLoginAndOfPulsar(@TempDir Path directory)
      throws Exception {
    String database = bench.database("a");
    String pulsar = bench.addresses().pulsar();
    Path config =
        Files.writeString(
            directory.resolve("cdc.yaml"),
            bench.serverConfiguration("told: {pulsar: '%s', topic: %s},".formatted(pulsar, topic))
                + "key: %s\n".formatted(Base64.getEncoder().encodeToString(new byte[32])));
    Path log = directory.resolve("server.log");
    try (ServerProcess server = ServerProcess.start(config, state, log)) {
      EventTasks tasks = new EventTasks(server, database);
      String go = tasks.createAsGoClientsDo(kafka, topic + "-go");
      tasks.create("rest", kafka, topic + "-rest");
      tasks.create("yaml", "told");
      String own = bench.addresses().source().channelPrefix() + "_0";
      assertThatThrownBy(() -> tasks.create("own", kafka, own))
          .hasMessageContaining("would write to '%s'".formatted(own));
      Table table = Table.create(bench.sourceClient(), database, "t", 2);
      table.insert(0, 400, "row");
      table.delete(0, 50);
      long now = bench.sourceClient().timestamp();
      for (String told : List.of(topic + "-go", topic + "-rest")) {
        assertRebuilt(
            now, () -> KafkaRecords.of(kafka.properties(), told).rebuild(ConsumerRecord::value));
      }
      Rebuild fromPulsar = PulsarTopicReader.read(pulsar, topic, now).rebuild();
      assertRebuilt(now, () -> fromPulsar);
      assertThat(tasks.listedForGoClients())
          .contains(topic + "-go")
          .doesNotContain(kafka.users().password(), kafka.users().user());
      assertThat(tasks.listed())
          .contains(topic + "-rest", "told")
          .doesNotContain(kafka.users().password());
      Stream.of(go, "rest", "yaml").forEach(tasks::delete);
    }
    assertThat(Files.readString(log)).doesNotContain(kafka.users().password());
    bench.dropDatabases();
  }

  @Test
  void whoMayNotWriteIsToldWhatToGrant() throws Exception {
    bench.database("a");
    KafkaTarget denied =
        kafka
            .target(topic)
            .kafka(
                kafka
                    .endpoint()
                    .login("PLAIN", kafka.users().guest(), kafka.users().guestPassword()))
            .build();
    assertThat(denied.check().findings())
        .extracting(finding -> finding.message())
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("does not let us write to topic " + topic)
                    .contains("Grant 'Write'")
                    .contains(kafka.users().guest())
                    .doesNotContain(kafka.users().guestPassword()))
        .anySatisfy(message -> assertThat(message).contains("does not allow transactions"));
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().build())
            .target(denied)
            .checkpoints(FileStore.at(state))
            .startWithoutChecks()) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitState(TaskState.FAILED, SOON);
      assertThat(task.status().reason()).contains("Grant 'Write'");
      task.delete();
    }
    bench.dropDatabases();
  }

  @Test
  void whatCannotBeIsRefusedWithTheCure() {
    Together.run(
        () ->
            assertRefused(
                kafka
                    .target(topic)
                    .kafka(kafka.endpoint().login("PLAIN", kafka.users().user(), "wrong")),
                "refuses user",
                "Check the user, the password and the mechanism"),
        () ->
            assertRefused(
                kafka.target(topic).kafka(kafka.endpoint().trust(kafka.stranger())),
                "not trusted",
                "Set the trusted certificates for Kafka to the PEM file"),
        () ->
            assertRefused(
                KafkaTarget.builder().kafka("127.0.0.1:9").topic(topic), "cannot be reached"),
        () -> assertRefused(kafka.target(topic).replication(3), "fewer replicas"));
    assertThat(messages(target())).isEmpty();
  }

  private static void assertRefused(KafkaTarget.Builder target, String... words) {
    assertThat(messages(target.build())).singleElement().asString().contains(words);
  }

  private static SchemaEvent database(long id, String owner) {
    return new SchemaEvent.CreateDatabase(
        id, new DatabaseEntry(id, "d" + id, id, 0, Map.of("owner", owner)));
  }

  /** As when a process stood still while another one took its task over. */
  @Test
  void anOlderSessionOfATaskGetsNothingOut() throws Exception {
    TargetSession older = target().open(new Opening("t", "", 0));
    older.apply(database(1, "a"));
    try (TargetSession newer = target().open(new Opening("t", older.sessionState(), 0))) {
      assertThatThrownBy(() -> older.apply(database(2, "b")))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("another session of the task");
      older.close();
      newer.apply(database(1, "a"));
      newer.apply(database(3, "c"));
      newer.advance(10);
    }
    try (TopicReader reader = new TopicReader(kafka.properties(), topic)) {
      reader.readUpTo(10);
      assertThat(reader.rebuild().source().databases()).containsExactly("d1", "d3");
      assertThat(reader.doubled()).isEmpty();
    }
  }

  @Test
  void whatTheBrokerFindsTooLargeEndsTheTaskWithTheCure() throws Exception {
    try (KafkaTopics topics = kafka.topics()) {
      topics.create(topic, Map.of("max.message.bytes", "1000"));
    }
    assertThat(messages(target()))
        .anySatisfy(told -> assertThat(told).contains("max.message.bytes"))
        .anySatisfy(told -> assertThat(told).contains("Add partitions before the first event"));
    String long64 = new SplittableRandom(1).longs(2000).mapToObj(Long::toHexString).toList() + "";
    try (TargetSession session = target().open(new Opening("t", "", 0))) {
      assertThatThrownBy(() -> session.apply(database(1, long64)))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("does not accept an event this large")
          .hasMessageContaining("Raise 'max.message.bytes'");
    }
  }

  private static List<String> messages(KafkaTarget target) {
    try {
      return target.check().findings().stream().map(finding -> finding.message()).toList();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
