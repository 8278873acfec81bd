package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.PulsarTopicReader;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.e2e.bench.TopicComparison;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes become events in a Pulsar, the source's own. How often the process is killed is {@code
 * -Dcdc.kills}, 3 by default.
 */
@Tag("slow")
class PulsarEventsE2E {
  private static final Duration SOON = Duration.ofMinutes(3);

  @TempDir private Path state;

  @Test
  void nothingIsLostAndWhatIsToldTwiceIsTheSame() throws Exception {
    long seed = Seeds.next("pulsar events");
    SplittableRandom random = new SplittableRandom(seed);
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    String topic = "events-" + Long.toString(System.nanoTime(), 36);
    try (Bench bench = Bench.open("pulsarevents")) {
      bench.database("a");
      Map<String, String> settings = Map.of("target", bench.addresses().pulsar(), "topic", topic);
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
            Thread.sleep(random.nextLong(0, kill % 2 == 0 ? 500 : 3000));
          }
        }
        workload.stop();
        System.out.println(workload);
      }
      try (CdcEngine engine = bench.engine(state, target(bench, topic))) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitCaughtUp(Duration.ofMinutes(3));
        assertSame(bench, read(bench, topic, task));
        bench.cleanUp(task);
      }
    }
  }

  /** Dies after the rows are acknowledged, and before the checkpoint says so. */
  @Test
  void aProcessThatDiesBeforeItCouldRememberTellsTheSameEventsAgain() throws Exception {
    Path log = Files.createTempFile("mirror", ".log");
    String topic = "events-" + Long.toString(System.nanoTime(), 36);
    try (Bench bench = Bench.open("pulsartwice")) {
      Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 2);
      table.insert(0, 500, "row");
      table.delete(0, 50);
      Map<String, String> settings =
          Map.of(
              "target",
              bench.addresses().pulsar(),
              "topic",
              topic,
              "checkpoints",
              HaltingStore.class.getName());
      long written = bench.sourceClient().timestamp();
      try (MirrorProcess mirror = bench.mirror(state, log, settings, "-Dhalt.above=" + written)) {
        mirror.awaitEnd(SOON);
      }
      try (CdcEngine engine = bench.engine(state, target(bench, topic))) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitCaughtUp(SOON);
        PulsarTopicReader told = read(bench, topic, task);
        assertThat(told.copies()).as("rows and keys told twice").isGreaterThanOrEqualTo(50);
        assertSame(bench, told);
        bench.cleanUp(task);
      }
    }
  }

  @Test
  void aTopicOfTheSourceItselfIsRefused() {
    try (Bench bench = Bench.open("pulsarown")) {
      String own = bench.addresses().source().channelPrefix() + "_0";
      for (String topic : List.of(own, "persistent://public/default/" + own)) {
        assertThatThrownBy(() -> bench.engine(state, target(bench, topic)))
            .isInstanceOf(ConfigException.class)
            .hasMessageContainingAll("would write to '" + own, "Set another topic for the target");
      }
    }
  }

  private static PulsarTarget target(Bench bench, String topic) {
    return PulsarTarget.builder().pulsar(bench.addresses().pulsar()).topic(topic).build();
  }

  private static PulsarTopicReader read(Bench bench, String topic, CdcTask task) throws Exception {
    return PulsarTopicReader.read(
        bench.addresses().pulsar(), topic, task.status().watermark().value());
  }

  private static void assertSame(Bench bench, PulsarTopicReader told) {
    TopicComparison comparison = new TopicComparison(bench.sourceClient(), told.rebuild().source());
    assertThat(comparison.differences(Set.of(bench.databases()))).isEmpty();
    assertThat(comparison.rows()).isPositive();
    System.out.println("compared %d rows".formatted(comparison.rows()));
  }
}
