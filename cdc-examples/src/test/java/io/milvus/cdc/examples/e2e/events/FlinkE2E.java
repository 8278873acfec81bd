package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.KafkaTopics;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Apache Flink job that reads a source's change events counts what the source counts. */
class FlinkE2E {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final long ROWS = 20_000;
  private static final int PARTITIONS = 3;

  @TempDir private Path state;

  @Test
  void theJobCountsWhatTheSourceCounts() throws Exception {
    try (Bench bench = Bench.openKafka("flink")) {
      String database = bench.database("a");
      String brokers = bench.addresses().kafka();
      String topic = "changes-" + Long.toString(System.nanoTime(), 36);
      KafkaTarget target =
          KafkaTarget.builder()
              .kafka(brokers)
              .topic(topic)
              .partitions(PARTITIONS)
              .watermarkEvery(Duration.ofMillis(200))
              .build();
      try (CdcEngine engine = bench.engine(state, target)) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitState(TaskState.RUNNING, SOON);
        try (FlinkJob job = FlinkJob.start(brokers, topic, state.resolve("flink.log"))) {
          Table doomed = Table.create(bench.sourceClient(), database, "doomed", 2);
          doomed.insert(0, 500, "soon gone");
          Table table = Table.create(bench.sourceClient(), database, "deletes", 2);
          table.insert(0, 1000, "one");
          table.upsert(0, 100, "another");
          table.delete(50, 300);
          work(bench);
          bench.sourceClient().drop(database, "doomed");
          assertSame(job, bench);
          assertThat(job.counts()).containsEntry(database + ".deletes", 750L);
          assertThat(job.gone()).contains(database + ".doomed");

          try (KafkaTopics topics = new KafkaTopics(brokers)) {
            topics.repeat(topic);
          }
          table.delete(300, 310);
          table.insert(2000, 2005, "last");
          assertSame(job, bench);
          assertThat(job.counts()).containsEntry(database + ".deletes", 745L);
        }
        bench.cleanUp(task);
      }
    }
  }

  private static void work(Bench bench) throws Exception {
    try (RunningWorkload workload =
        MixedWorkload.on(bench.sourceClient())
            .databases(bench.databases())
            .seed(Seeds.next("flink"))
            .rows(ROWS)
            .betweenChanges(Duration.ofMillis(500))
            .start()) {
      workload.await(Duration.ofMinutes(3));
      System.out.println(workload);
    }
  }

  /**
   * Query nodes of Milvus 2.3.5 may count rows twice for a moment, so the source is asked again.
   */
  private static void assertSame(FlinkJob job, Bench bench) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              Map<String, Long> wanted = SourceRows.counts(bench.sourceClient(), bench.databases());
              assertThat(job.counts()).as(job::lastWords).isEqualTo(wanted);
              assertThat(wanted).hasSizeGreaterThanOrEqualTo(9);
            });
    System.out.println(job.counts());
  }
}
