package io.milvus.cdc.examples.e2e.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Masked;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.PulsarTopicReader;
import io.milvus.cdc.examples.e2e.bench.PulsarTopics;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.TopicComparison;
import io.milvus.cdc.examples.e2e.bench.TopicReader;
import io.milvus.cdc.examples.rebuild.RebuiltSource;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks start from rows whose messages the source's queue has deleted, while the source is written
 * to. How many rows there are is {@code -Dcdc.rows}.
 */
@ExtendWith(OneBench.class)
@DisabledIfSystemProperty(named = "cdc.queue", matches = "kafka")
@Tag("slow")
class ExistingRowsE2E {
  private static final long ROWS = Long.getLong("cdc.rows", 10_000);
  private static final int BATCH = ROWS < 100_000 ? 400 : 2_000;
  private static final int RATE = 300;
  private static final Duration SOON = Duration.ofSeconds(Math.max(120, ROWS / 500));

  /** One of its own, because rows get later timestamps on a standby that holds others already. */
  private static LocalStack standby;

  private static LocalStack writable;
  private static LocalStack lite;
  private static LocalStack kafka;

  @TempDir private Path directory;

  private Bench bench;
  private FilledSource filled;
  private CdcEngine engine;
  private CdcTask task;
  private long began;

  @BeforeAll
  static void up() {
    standby = LocalStack.upSecondTarget(line -> {});
    writable = LocalStack.upWritableTarget(line -> {});
    lite = LocalStack.upLiteTarget(line -> {});
    kafka = LocalStack.upKafkaAlone(line -> {});
  }

  @AfterAll
  static void down() {
    for (LocalStack stack : new LocalStack[] {standby, writable, lite, kafka}) {
      if (stack != null) {
        stack.wipe();
      }
    }
  }

  @Test
  void everyKindOfTargetHasTheRowsThatTheQueueNoLongerHasAndTheLaterOnes(Bench corner)
      throws Exception {
    bench = corner;
    began = System.nanoTime();
    // First the engine, whose checks take time: the source is written to at once.
    try (CdcEngine all = engine();
        FilledSource source = FilledSource.begin(bench, Seeds.next("existing"), BATCH)) {
      filled = source;
      engine = all;
      fillAndTrim();
      Map<String, CdcTask> tasks = new LinkedHashMap<>();
      specs().forEach(spec -> tasks.put(spec.id(), engine.submit(spec)));
      task = tasks.get("standby");
      filled.resume(RATE);
      flushAfterCutsOf(tasks.values());
      for (CdcTask each : tasks.values()) {
        awaitCopied(each);
      }
      filled.stop();
      for (CdcTask each : tasks.values()) {
        each.awaitCaughtUp(SOON);
        say("%s has %s", each.id(), each.status().existing());
      }
      assertTimesKept();
      assertEqual(compareStandby());
      assertTold();
      assertEqual(compare(writable, wantedAsPeople()));
      assertEqual(compare(writable, spec("writable")));
      assertEqual(compare(lite, spec("lite")));
      tasks.values().forEach(CdcTask::delete);
      bench.dropDatabases();
      say("cleaned up");
    }
  }

  private CdcEngine engine() {
    return CdcEngine.builder()
        .source(bench.source().build())
        .target(MilvusTarget.builder().uri(standby.addresses().target().uri()).build())
        .target("writable", ordinary(writable))
        .target("lite", ordinary(lite))
        .target(
            "kafka", KafkaTarget.builder().kafka(brokers()).topic(topic()).partitions(3).build())
        .target(
            "pulsar",
            PulsarTarget.builder().pulsar(bench.addresses().pulsar()).topic(topic()).build())
        .checkpoints(FileStore.at(directory.resolve("state")))
        .start();
  }

  private static MilvusTarget ordinary(LocalStack stack) {
    return MilvusTarget.builder().uri(stack.addresses().target().uri()).clientWrites().build();
  }

  private static String brokers() {
    return kafka.addresses().kafka();
  }

  /** The name of the topic in both queues. */
  private String topic() {
    return bench.spec().id() + "-told";
  }

  /** What each target gets; a Milvus Lite has no binary vectors. */
  private List<TaskSpec> specs() {
    Selection all = Selection.databases(bench.databases());
    String people = filled.others() + ".people";
    return List.of(
        existing("writable", all).target("writable").build(),
        existing("lite", Selection.databases(filled.rows())).target("lite").build(),
        existing("kafka", all).target("kafka").build(),
        existing("pulsar", all).target("pulsar").build(),
        existing("masked", Selection.collections(people))
            .target("writable")
            .names(NameMapping.none().collection(people, copy() + ".people"))
            .transform(new Masked())
            .build(),
        existing("standby", all).build());
  }

  private static TaskSpec.Builder existing(String id, Selection selection) {
    return TaskSpec.builder(id).selection(selection).startFrom(StartFrom.existing());
  }

  private TaskSpec spec(String id) {
    return specs().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private String copy() {
    return filled.others() + "_copy";
  }

  /** What the source has looks there as the masked people look on the target. */
  private TaskSpec wantedAsPeople() {
    String wanted = filled.others() + ".wanted";
    return TaskSpec.builder("looks")
        .selection(Selection.collections(wanted))
        .names(NameMapping.none().collection(wanted, copy() + ".people"))
        .build();
  }

  private void fillAndTrim() throws Exception {
    filled.fill(ROWS, directory);
    say("filled");
    long now = bench.sourceClient().timestamp();
    filled.flush();
    stored(bench.source()).awaitStored(now);
    filled.compact();
    say("stored and compacted");
    Addresses.Instance milvus = bench.addresses().source();
    try (PulsarTopics topics = PulsarTopics.of(bench.addresses())) {
      IntStream.range(0, milvus.channels())
          .parallel()
          .mapToObj(channel -> milvus.channelPrefix() + "_" + channel)
          .forEach(channel -> forget(topics, channel));
    }
    assertThat(engine.check(TaskSpec.of("earliest")))
        .anyMatch(finding -> finding.what().contains("has deleted the first messages of"));
    filled.grow(ROWS / 10);
    say("trimmed, and written on");
  }

  private static void forget(PulsarTopics topics, String channel) {
    try {
      topics.removeIdleSubscriptions(channel);
      topics.deleteWhatIsRead(channel);
      topics.awaitClients(channel);
    } catch (Exception e) {
      throw new AssertionError(channel, e);
    }
  }

  /** One flush is enough for all tasks. Each flush leaves small segments to be loaded. */
  private void flushAfterCutsOf(Collection<CdcTask> tasks) {
    for (CdcTask each : tasks) {
      await()
          .atMost(SOON)
          .failFast(() -> assertThat(each.state()).isNotEqualTo(TaskState.FAILED))
          .until(
              () -> {
                ExistingStatus copy = each.status().existing();
                return copy != null && bench.sourceClient().timestamp() > copy.cut().value();
              });
    }
    filled.flush();
    say("flushed");
  }

  private static void awaitCopied(CdcTask each) {
    await()
        .atMost(SOON)
        .failFast(() -> assertThat(each.state()).isNotEqualTo(TaskState.FAILED))
        .untilAsserted(
            () ->
                assertThat(each.status().existing())
                    .as("%s", each.status())
                    .isNotNull()
                    .extracting(ExistingStatus::phase)
                    .isEqualTo(ExistingStatus.Phase.DONE));
  }

  /** From a topic alone: exactly once in Kafka, and the same in Pulsar. */
  private void assertTold() throws Exception {
    long now = task.status().watermark().value();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", brokers()), topic())) {
      reader.readUpTo(now);
      RebuiltSource told = reader.rebuild().source();
      TopicComparison comparison = new TopicComparison(bench.sourceClient(), told).asServed();
      List<String> differences = comparison.differences(Set.of(bench.databases()));
      if (!differences.isEmpty()) {
        // A query node of Milvus 2.3.5 may miss changes that come while it loads a collection.
        say("as served: %s", differences);
        comparison = new TopicComparison(bench.sourceClient(), told);
        differences = comparison.differences(Set.of(bench.databases()));
      }
      assertThat(differences).isEmpty();
      assertThat(comparison.rows()).isGreaterThan(ROWS / 4);
      assertThat(reader.doubled()).isEmpty();
      assertThat(reader.types())
          .containsKeys("io.milvus.cdc.row.read", "io.milvus.cdc.row.deleted");
      say("Kafka has told %d rows by %s", comparison.rows(), reader.types());
      RebuiltSource other =
          PulsarTopicReader.read(bench.addresses().pulsar(), topic(), now).rebuild().source();
      assertThat(rows(other)).isEqualTo(rows(told));
      say("Pulsar has told the same");
    }
  }

  private static Map<String, Object> rows(RebuiltSource source) {
    return source.collections().stream()
        .collect(
            Collectors.toMap(one -> one.database() + "." + one.name(), one -> one.partitions()));
  }

  /**
   * The standby's own files have the timestamps of the source's. The flush also cures the source:
   * its query nodes may serve rows that are deleted, unless the deletes are stored.
   */
  private void assertTimesKept() throws Exception {
    long now = task.status().watermark().value();
    filled.flush();
    StoredTimes source = stored(bench.source());
    Addresses.Instance target = standby.addresses().target();
    StoredTimes copy =
        stored(
            bench
                .source()
                .etcd(standby.addresses().etcd())
                .rootPath(target.rootPath())
                .storage(StorageEndpoint.directory(target.storage())));
    source.awaitStored(now);
    copy.awaitStored(now);
    Map<String, Set<String>> times = source.upTo(now);
    Map<String, Set<String>> copied = copy.upTo(now);
    assertThat(copied).containsOnlyKeys(times.keySet());
    // After a fault the rows of the round in doubt get later timestamps.
    boolean faultless = task.status().counters().restamped() == 0;
    long rows = 0;
    long same = 0;
    for (Map.Entry<String, Set<String>> one : times.entrySet()) {
      Set<String> both = new HashSet<>(one.getValue());
      both.retainAll(copied.get(one.getKey()));
      assertThat(copied.get(one.getKey())).as(one.getKey()).hasSameSizeAs(one.getValue());
      rows += one.getValue().size();
      same += both.size();
    }
    say("the timestamps of %d of %d rows are the same", same, rows);
    assertThat(rows).isGreaterThan(ROWS / 4);
    if (faultless) {
      assertThat(same).isEqualTo(rows);
    }
  }

  private StoredTimes stored(MilvusSource.Builder milvus) {
    return new StoredTimes(milvus.build(), directory, Selection.databases(bench.databases()));
  }

  private Verdict compareStandby() {
    Comparison comparison =
        Comparison.of(bench.sourceSide(), sideOf(standby))
            .load()
            .databases(bench.databases())
            .targetReadAt(() -> task.status().readTimestamp());
    Verdict served = comparison.run();
    return served.equal() ? served : comparison.reloadSource().reloadTarget().retryFor(SOON).run();
  }

  private static MilvusEndpoint sideOf(LocalStack stack) {
    return MilvusEndpoint.at(stack.addresses().target().uri());
  }

  private Verdict compare(LocalStack stack, TaskSpec spec) {
    return Comparison.of(bench.sourceSide(), sideOf(stack))
        .load()
        .only(spec.selection())
        .renamed(spec.names())
        .clientWrites()
        .retryFor(SOON)
        .run();
  }

  private void assertEqual(Verdict verdict) {
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
    say("equal:\n%s", verdict.table());
  }

  private void say(String what, Object... values) {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    System.out.printf("%d s: %s%n", seconds, what.formatted(values));
  }
}
