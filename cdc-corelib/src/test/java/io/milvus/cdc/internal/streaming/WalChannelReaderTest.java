package io.milvus.cdc.internal.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.internal.queue.dump.DumpChannels;
import io.milvus.cdc.internal.wal.FirstLook;
import io.milvus.cdc.internal.wal.Transactions;
import io.milvus.cdc.internal.wal.WalCatalog;
import io.milvus.cdc.internal.wal.WalDecoder;
import io.milvus.cdc.internal.wal.WalEvent;
import io.milvus.cdc.internal.wal.WalMessage;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.cdc.testkit.FakeDumps;
import io.milvus.cdc.testkit.FakeWal;
import io.milvus.cdc.testkit.WalRecording;
import io.milvus.grpc.ImmutableMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The channels of a real Milvus 2.6.20, read over a server that answers as it does. */
@Timeout(60)
class WalChannelReaderTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Map<String, List<ImmutableMessage>> recorded =
      WalRecording.channels("milvus-2.6.20-pulsar-wal.jsonl.gz");
  private final WalCatalog catalog = new WalCatalog(FirstLook.NONE);
  private FakeDumps server;
  private DumpChannels source;

  @BeforeEach
  void open() {
    FakeWal wal = new FakeWal();
    recorded.forEach((name, messages) -> messages.forEach(each -> wal.add(name, each)));
    server = new FakeDumps(wal);
    source = DumpChannels.connect(MilvusEndpoint.at(server.uri()));
  }

  @AfterEach
  void close() {
    source.close();
    server.close();
  }

  private WalChannelReader reader(String channel, WalPosition place) throws InterruptedException {
    return new WalChannelReader(
        channel, source.open(channel, place), Transactions::ofServer, catalog::apply);
  }

  /** Everything up to a tick of now. */
  private List<ChannelEvent> readAll(WalChannelReader reader) throws InterruptedException {
    long now = source.now();
    List<ChannelEvent> read = new ArrayList<>();
    long deadline = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < deadline) {
      ChannelEvent event = reader.poll(Duration.ofMillis(100));
      if (event != null) {
        read.add(event);
      }
      if (event instanceof TimeTick tick && tick.timestamp() >= now) {
        return read;
      }
    }
    throw new AssertionError("No tick of now came");
  }

  private static List<DataEvent> rows(List<ChannelEvent> events) {
    return events.stream().filter(DataEvent.class::isInstance).map(DataEvent.class::cast).toList();
  }

  @Test
  void everyRecordedRowComesBeforeItsTickAndAfterTheEarlierOnes() throws Exception {
    long unknown = 0;
    for (Map.Entry<String, List<ImmutableMessage>> channel : recorded.entrySet()) {
      List<ChannelEvent> read;
      try (WalChannelReader reader = reader(channel.getKey(), DumpChannels.beginning())) {
        read = readAll(reader);
      }
      // The recording cut messages of more than 10 kB.
      long cut = read.stream().filter(Unknown.class::isInstance).count();
      assertThat(rows(read).size() + cut).isEqualTo(rowMessages(channel.getValue()));
      unknown += cut;
      long promised = 0;
      long last = 0;
      for (ChannelEvent event : read) {
        if (event instanceof TimeTick tick) {
          assertThat(tick.timestamp()).isGreaterThan(promised);
          promised = tick.timestamp();
        } else if (event instanceof DataEvent row) {
          assertThat(row.timestamp()).isGreaterThan(promised).isGreaterThanOrEqualTo(last);
          last = row.timestamp();
        }
      }
    }
    assertThat(unknown).isEqualTo(3);
  }

  private static long rowMessages(List<ImmutableMessage> messages) {
    return messages.stream()
        .filter(each -> each.getPropertiesOrThrow("_t").matches("[23]"))
        .count();
  }

  @Test
  void theKeysOfAnUpsertAreDeletedBeforeItsRowsAreInserted() throws Exception {
    int upserts = 0;
    for (String channel : recorded.keySet()) {
      try (WalChannelReader reader = reader(channel, DumpChannels.beginning())) {
        List<DataEvent> rows = rows(readAll(reader));
        for (int i = 1; i < rows.size(); i++) {
          if (rows.get(i).timestamp() == rows.get(i - 1).timestamp()) {
            upserts += rows.get(i - 1) instanceof Delete && rows.get(i) instanceof Insert ? 1 : 0;
            assertThat(rows.get(i - 1) instanceof Insert && rows.get(i) instanceof Delete)
                .as("a delete after an insert at %d", rows.get(i).timestamp())
                .isFalse();
          }
        }
      }
    }
    assertThat(upserts).isPositive();
  }

  @Test
  void theCatalogHasEveryChangeThatWasRead() throws Exception {
    for (String channel : recorded.keySet()) {
      try (WalChannelReader reader = reader(channel, DumpChannels.beginning())) {
        readAll(reader);
      }
    }
    WalCatalog expected = new WalCatalog(FirstLook.NONE);
    WalDecoder decoder = new WalDecoder();
    recorded.forEach(
        (channel, messages) ->
            messages.stream()
                .map(each -> decoder.decode(WalMessage.of(channel, each)))
                .filter(WalEvent.Change.class::isInstance)
                .forEach(each -> expected.apply((WalEvent.Change) each)));

    assertThat(catalog.catalog()).isEqualTo(expected.catalog());
    assertThat(catalog.catalog().collections()).hasSizeGreaterThan(1);
  }

  @Test
  void aReaderThatFollowedAnotherInTheMiddleOfAnUpsertContinuesWithTheRest() throws Exception {
    for (String channel : recorded.keySet()) {
      try (WalChannelReader leader = reader(channel, DumpChannels.beginning());
          WalChannelReader follower = reader(channel, DumpChannels.beginning())) {
        List<ChannelEvent> read = readAll(leader);
        List<DataEvent> all = rows(read);
        for (int i = 0; i + 1 < all.size(); i++) {
          if (all.get(i).timestamp() != all.get(i + 1).timestamp()) {
            continue;
          }
          follower.suspend();
          follower.skipTo(all.get(i).position());
          follower.resume();
          assertThat(positions(rows(readAll(follower))))
              .isEqualTo(positions(all.subList(i + 1, all.size())));
        }
      }
    }
  }

  private static List<Position> positions(List<DataEvent> rows) {
    return rows.stream().map(DataEvent::position).toList();
  }
}
