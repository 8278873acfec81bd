package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.examples.rebuild.Rebuild;
import io.milvus.cdc.examples.workload.MixedWorkload;
import io.milvus.cdc.examples.workload.RunningWorkload;
import io.milvus.cdc.target.pulsar.PulsarTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes become events in a Pulsar, the source's own. How often the process is killed is {@code
 * -Dcdc.kills}, 4 by default.
 */
class PulsarEventsE2E {
  private static final ObjectMapper JSON = new ObjectMapper();
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
        for (int kill = 0; kill < Integer.getInteger("cdc.kills", 4); kill++) {
          try (MirrorProcess mirror = bench.mirror(state, log, settings)) {
            mirror.awaitOutput("state=RUNNING", SOON);
            Thread.sleep(random.nextLong(500, 3000));
          }
        }
        workload.stop();
        System.out.println(workload);
      }
      PulsarTarget target =
          PulsarTarget.builder().serviceUrl(bench.addresses().pulsar()).topic(topic).build();
      try (CdcEngine engine = bench.engine(state, target)) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitCaughtUp(Duration.ofMinutes(3));
        Rebuild rebuild = read(bench, topic, task.status().watermark());
        TopicComparison comparison = new TopicComparison(bench.sourceClient(), rebuild.source());
        assertThat(comparison.differences(Set.of(bench.databases()))).isEmpty();
        assertThat(comparison.rows()).isPositive();
        System.out.println("compared %d rows".formatted(comparison.rows()));
        bench.cleanUp(task);
      }
    }
  }

  /** Reads until all up to there is told; whatever has one id must be one event. */
  private static Rebuild read(Bench bench, String topic, long upTo) throws Exception {
    Rebuild rebuild = new Rebuild(1);
    Map<String, JsonNode> events = new HashMap<>();
    int copies = 0;
    try (PulsarClient client =
            PulsarClient.builder().serviceUrl(bench.addresses().pulsar()).build();
        Reader<byte[]> reader =
            client.newReader().topic(topic).startMessageId(MessageId.earliest).create()) {
      while (rebuild.upTo() < upTo) {
        Message<byte[]> message = reader.readNext(60, TimeUnit.SECONDS);
        assertThat(message).as("told up to %d, not to %d", rebuild.upTo(), upTo).isNotNull();
        String text = new String(message.getData(), StandardCharsets.UTF_8);
        JsonNode event = JSON.readTree(text);
        JsonNode before = events.put(event.get("id").asText(), event.get("data"));
        if (before != null) {
          copies++;
          assertThat(event.get("data")).isEqualTo(before);
        }
        rebuild.take(0, message.getData());
      }
    }
    System.out.println("%d events, %d copies".formatted(events.size(), copies));
    return rebuild;
  }
}
