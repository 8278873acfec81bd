package io.milvus.cdc.internal.queue.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.cdc.testkit.FakeDumps;
import io.milvus.cdc.testkit.FakeWal;
import io.milvus.cdc.testkit.WalRecording;
import io.milvus.grpc.ImmutableMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels that real servers have written: ids, ticks and confirmed ids are theirs. */
@Timeout(120)
class GoldenDumpTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "milvus-2.6.20-woodpecker-wal.jsonl.gz",
        "milvus-2.6.20-pulsar-wal.jsonl.gz",
        "milvus-3.0.0-woodpecker-wal.jsonl.gz"
      })
  void everyMessageIsReturnedAsItWasWrittenAndEveryPositionFindsItAgain(String recording)
      throws Exception {
    Map<String, List<ImmutableMessage>> channels = WalRecording.channels(recording);
    FakeWal wal = new FakeWal();
    channels.forEach((name, messages) -> messages.forEach(each -> wal.add(name, each)));
    try (FakeDumps source = new FakeDumps(wal);
        MilvusRpc rpc = MilvusRpc.connect(MilvusEndpoint.at(source.uri()))) {
      DumpClock clock = new DumpClock(rpc);
      for (Map.Entry<String, List<ImmutableMessage>> channel : channels.entrySet()) {
        List<QueueMessage> read = read(rpc, clock, channel.getKey(), HeldCheck.FIRST);
        assertSame(read, channel.getValue());
        for (int i = 0; i < read.size(); i++) {
          WalPosition at = WalPosition.parse(read.get(i).position());
          List<QueueMessage> rest = read(rpc, clock, channel.getKey(), at);
          int first = read.size() - rest.size();
          assertThat(positions(rest)).isEqualTo(positions(read.subList(first, read.size())));
          assertThat(tick(read.get(first))).isEqualTo(at.tick());
          assertThat(first == 0 || tick(read.get(first - 1)) < at.tick()).isTrue();
        }
      }
    }
  }

  /** All messages from a place on. */
  private static List<QueueMessage> read(
      MilvusRpc rpc, DumpClock clock, String channel, WalPosition place)
      throws InterruptedException {
    long end = clock.now();
    List<QueueMessage> read = new ArrayList<>();
    try (DumpReader reader = new DumpReader(rpc, channel, clock, place).begin()) {
      while (true) {
        QueueMessage message = reader.poll(SOON);
        assertThat(message).isNotNull();
        if (!message.properties().get("_t").equals("1")) {
          read.add(message);
        } else if (Long.parseLong(message.properties().get("_tt"), 36) >= end) {
          return read;
        }
      }
    }
  }

  private static List<Position> positions(List<QueueMessage> messages) {
    return messages.stream().map(QueueMessage::position).toList();
  }

  private static long tick(QueueMessage message) {
    return WalPosition.parse(message.position()).tick();
  }

  private static void assertSame(List<QueueMessage> read, List<ImmutableMessage> written) {
    assertThat(read).hasSameSizeAs(written);
    for (int i = 0; i < written.size(); i++) {
      assertThat(read.get(i).properties()).isEqualTo(written.get(i).getPropertiesMap());
      assertThat(read.get(i).body().bytes()).isEqualTo(written.get(i).getPayload().toByteArray());
    }
  }
}
