package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.TaskState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages that Pulsar has given up are never skipped in silence. For Kafka see {@link KafkaE2E}.
 */
@DisabledIfSystemProperty(named = "cdc.queue", matches = "kafka")
class ExpiredPositionE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  @TempDir private Path state;

  @Test
  void taskFailsAndNamesTheChoices() throws Exception {
    try (Bench bench = Bench.open("expired")) {
      Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 1);
      try (CdcEngine engine = bench.engine(state)) {
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
          skipAll(bench, channel, "milvus-cdc-" + task.id());
        }
        table.insert(200, 300, "later");
        task.resume();
        task.awaitState(TaskState.FAILED, SOON);
        assertThat(task.status().reason())
            .contains("no longer holds message")
            .contains("start from that backup's positions");
        assertThat(task.status().counters().inserted()).isEqualTo(100);
        task.delete();
      }
    }
  }

  /** What an administrator, or a limit on backlogs, does to a subscription. */
  private static void skipAll(Bench bench, String channel, String subscription) throws Exception {
    URI skip =
        URI.create(
            "%s/admin/v2/persistent/public/default/%s/subscription/%s/skip_all"
                .formatted(bench.addresses().pulsarAdmin(), channel, subscription));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(skip).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }
}
