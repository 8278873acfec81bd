package io.milvus.cdc.examples.e2e.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.PulsarTopics;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.store.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages that Pulsar has deleted or skipped are never passed over in silence. For Kafka see
 * {@link KafkaE2E}, for single readers {@link PulsarQueueE2E}.
 */
@DisabledIfSystemProperty(named = "cdc.queue", matches = "kafka")
class ExpiredPositionE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  @TempDir private Path state;

  @Test
  void aTaskWhoseNextMessageIsDeletedFailsAndStartsOverInOneOrder() throws Exception {
    try (Bench bench = Bench.open("expired");
        PulsarTopics topics = PulsarTopics.of(bench.addresses());
        CdcEngine engine = engine(bench, Pinning.AUTOMATIC)) {
      Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 1);
      CdcTask task = engine.submit(bench.spec());
      table.insert(0, 100, "row");
      task.awaitCaughtUp(SOON);
      List<String> channels = channels(task);
      task.pause();
      table.insert(100, 200, "lost");
      table.delete(0, 50);
      for (String channel : channels) {
        topics.deleteWhatIsRead(channel);
      }
      table.insert(200, 300, "later");
      task.resume();
      task.awaitState(TaskState.FAILED, SOON);
      assertThat(task.status().reason())
          .contains("no longer holds message")
          .contains("resync everything: the task then starts over")
          .contains("start from that backup's positions");
      assertThat(task.status().counters().inserted()).isEqualTo(100);
      task.resync(Selection.everything(), StartFrom.existing().withFlush());
      var verdict = bench.compare(task, SOON.multipliedBy(3));
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(250);
      bench.cleanUp(task);
    }
  }

  @Test
  void aSkippedBacklogTakesNothingFromATaskWhileTheQueueRetainsIt() throws Exception {
    try (Bench bench = Bench.open("skipped");
        PulsarTopics topics = PulsarTopics.of(bench.addresses());
        CdcEngine engine = engine(bench, Pinning.ALWAYS)) {
      Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 1);
      CdcTask task = engine.submit(bench.spec());
      table.insert(0, 100, "row");
      task.awaitCaughtUp(SOON);
      List<String> channels = channels(task);
      table.insert(100, 20_000, "while it runs");
      skip(topics, channels, task);
      table.insert(20_000, 30_000, "while it runs");
      skip(topics, channels, task);
      task.awaitCaughtUp(SOON);
      task.pause();
      table.insert(30_000, 40_000, "while it is paused");
      skip(topics, channels, task);
      task.resume();
      var verdict = bench.compare(task, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(40_000);
      bench.cleanUp(task);
    }
  }

  private CdcEngine engine(Bench bench, Pinning pinning) {
    return CdcEngine.builder()
        .source(bench.source().pinning(pinning).build())
        .target(bench.target().build())
        .checkpoints(FileStore.at(state))
        .start();
  }

  private static List<String> channels(CdcTask task) {
    return task.status().channels().stream()
        .filter(ChannelStatus::live)
        .map(ChannelStatus::channel)
        .toList();
  }

  /** What an administrator, a time to live or a quota does to a subscription. */
  private static void skip(PulsarTopics topics, List<String> channels, CdcTask task)
      throws Exception {
    for (String channel : channels) {
      topics.skipAll(channel, "milvus-cdc-" + task.id());
    }
  }
}
