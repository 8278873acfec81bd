package io.milvus.cdc.internal.queue.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.cdc.testkit.FakeDumps;
import io.milvus.cdc.testkit.FakeWal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels of a source that has no other face than its API. */
@Timeout(60)
class DumpReaderTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String A = "by-dev-rootcoord-dml_0";
  private static final String B = "by-dev-rootcoord-dml_1";
  private static final int INSERT = 2;

  private final FakeWal wal = new FakeWal(A, B);
  private final FakeDumps source = new FakeDumps(wal);
  private final MilvusRpc rpc = MilvusRpc.connect(MilvusEndpoint.at(source.uri()));
  private final DumpClock clock = new DumpClock(rpc);
  private final List<DumpReader> readers = new ArrayList<>();

  @AfterEach
  void close() {
    readers.forEach(DumpReader::close);
    rpc.close();
    source.close();
  }

  private DumpReader fromStart(String channel) throws InterruptedException {
    return begin(channel, HeldCheck.FIRST);
  }

  private DumpReader resume(String channel, Position at) throws InterruptedException {
    return begin(channel, WalPosition.parse(at));
  }

  private DumpReader begin(String channel, WalPosition place) throws InterruptedException {
    DumpReader reader = new DumpReader(rpc, channel, clock, place);
    readers.add(reader);
    return reader.begin();
  }

  private static QueueMessage next(DumpReader reader) throws InterruptedException {
    QueueMessage message = reader.poll(SOON);
    assertThat(message).as("a message within %s", SOON).isNotNull();
    return message;
  }

  /** Everything up to the first tick at or after a time. */
  private static List<QueueMessage> until(DumpReader reader, long timestamp)
      throws InterruptedException {
    List<QueueMessage> read = new ArrayList<>();
    do {
      read.add(next(reader));
    } while (tickOf(read.get(read.size() - 1)) < timestamp);
    return read;
  }

  /** The timestamp of a tick, or -1 for a message. */
  private static long tickOf(QueueMessage message) {
    return message.properties().get("_t").equals("1")
        ? Long.parseLong(message.properties().get("_tt"), 36)
        : -1;
  }

  private static List<String> bodies(List<QueueMessage> messages) {
    return messages.stream()
        .filter(message -> tickOf(message) < 0)
        .map(message -> new String(message.body().bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void messagesComeInOrderAndATickFollowsThem() throws Exception {
    wal.write(A, INSERT, "one");
    long last = wal.write(A, INSERT, "two");

    List<QueueMessage> read = until(fromStart(A), last);

    assertThat(bodies(read)).containsExactly("one", "two");
    assertThat(tickOf(read.get(read.size() - 1))).isEqualTo(last);
  }

  @Test
  void aSilentChannelIsCompleteUpToNow() throws Exception {
    wal.write(A, INSERT, "one");
    DumpReader silent = fromStart(A);
    long now = wal.timestamp();

    assertThat(bodies(until(silent, now))).containsExactly("one");
  }

  @Test
  void aChannelThatNeverHadAMessageIsCompleteUpToNow() throws Exception {
    assertThat(bodies(until(fromStart(B), wal.timestamp()))).isEmpty();
  }

  @Test
  void aTransactionIsFollowedByATickAndNeverInterruptedByOne() throws Exception {
    long first = wal.transaction(A, INSERT, "one", "two");
    List<QueueMessage> read = until(fromStart(A), first);

    assertThat(bodies(read)).containsExactly("", "one", "two", "");
    assertThat(read.stream().filter(message -> tickOf(message) >= 0)).hasSize(1);
  }

  @Test
  void aLongBacklogIsReadWithTicksBetween() throws Exception {
    long last = 0;
    for (int i = 0; i < 500; i++) {
      last = wal.write(A, INSERT, "row " + i);
    }
    List<QueueMessage> read = until(fromStart(A), last);

    assertThat(bodies(read)).hasSize(500);
    assertThat(read.stream().filter(message -> tickOf(message) >= 0)).hasSizeGreaterThan(6);
  }

  @Test
  void everyPositionResumesAtItsVeryMessage() throws Exception {
    wal.write(A, INSERT, "one");
    wal.transaction(A, INSERT, "two", "three");
    wal.roll(A);
    wal.write(A, INSERT, "four");
    long last = wal.transaction(A, INSERT, "five");
    List<QueueMessage> all = until(fromStart(A), last);

    for (int i = 0; i < all.size(); i++) {
      int first = beginningOfTransaction(all, i);
      List<QueueMessage> rest = until(resume(A, all.get(i).position()), last);
      assertThat(rest.get(0).position()).isEqualTo(all.get(first).position());
      assertThat(bodies(rest)).isEqualTo(bodies(all.subList(first, all.size())));
    }
  }

  private static int beginningOfTransaction(List<QueueMessage> all, int part) {
    int first = part;
    if (all.get(part).properties().containsKey("_tx")) {
      while (!all.get(first).properties().get("_t").equals("900")) {
        first--;
      }
    }
    return first;
  }

  @Test
  void aDeletedPositionIsAnErrorAndNotAGap() throws Exception {
    long first = wal.write(A, INSERT, "one");
    Position one = until(fromStart(A), first).get(0).position();
    wal.roll(A);
    wal.write(A, INSERT, "lost");
    wal.truncate(A);

    assertThatThrownBy(() -> resume(A, one))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining(A)
        .hasMessageContaining("no longer holds");

    wal.roll(A);
    wal.write(A, INSERT, "later");
    assertThatThrownBy(() -> resume(A, one)).isInstanceOf(PositionExpiredException.class);
  }

  @Test
  void aPositionOfAnotherChannelIsAnError() throws Exception {
    long first = wal.write(A, INSERT, "one");
    wal.write(B, INSERT, "other");
    Position one = until(fromStart(A), first).get(0).position();

    assertThatThrownBy(() -> resume(B, one)).isInstanceOf(PositionExpiredException.class);
  }

  @Test
  void aRestartedSourceIsReadFromTheLastPositionOn() throws Exception {
    long first = wal.write(A, INSERT, "one");
    DumpReader reader = fromStart(A);
    Position last = last(until(reader, first));
    source.restart();
    wal.write(A, INSERT, "two");
    assertThatThrownBy(() -> until(reader, wal.timestamp()))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining(A);
    source.ready(false);
    assertThatThrownBy(() -> resume(A, last)).isInstanceOf(RetriableException.class);
    source.ready(true);

    assertThat(bodies(until(resume(A, last), wal.timestamp()))).containsExactly("two");
  }

  private static Position last(List<QueueMessage> messages) {
    return messages.get(messages.size() - 1).position();
  }

  @Test
  void aProofDoesNotOvertakeMessagesThatAreLate() throws Exception {
    DumpReader reader = fromStart(A);
    until(reader, wal.timestamp());
    source.stalled(true);
    long written = wal.write(A, INSERT, "late");
    clock.saw(wal.timestamp());
    Thread.sleep(1100);
    assertThat(ticksWithin(reader, Duration.ofSeconds(2))).noneMatch(tick -> tick >= written);
    source.stalled(false);

    assertThat(bodies(until(reader, written))).containsExactly("late");
  }

  private static List<Long> ticksWithin(DumpReader reader, Duration time)
      throws InterruptedException {
    List<Long> ticks = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      @Nullable QueueMessage message = reader.poll(Duration.ofMillis(50));
      if (message != null) {
        ticks.add(tickOf(message));
      }
    }
    return ticks;
  }

  @Test
  void aSuspendedReaderContinuesWithTheTransactionThatAnotherHasReadInPart() throws Exception {
    long first = wal.write(A, INSERT, "one");
    DumpReader resting = fromStart(A);
    until(resting, first);
    resting.suspend();
    wal.transaction(A, INSERT, "two", "three");
    long last = wal.write(A, INSERT, "four");
    List<QueueMessage> all = until(fromStart(A), last);
    resting.skipTo(
        all.stream()
            .filter(m -> bodies(List.of(m)).contains("two"))
            .findFirst()
            .orElseThrow()
            .position());
    resting.resume();

    assertThat(bodies(until(resting, last))).containsExactly("", "two", "three", "", "four");
  }

  @Test
  void aSlowReaderDoesNotReadAheadWithoutBound() throws Exception {
    String mebibyte = "x".repeat(1 << 20);
    for (int i = 0; i < 20; i++) {
      wal.write(A, INSERT, mebibyte);
    }
    DumpReader reader = fromStart(A);
    next(reader);
    Thread.sleep(500);
    int ahead = wal.read(A);

    assertThat(ahead).isLessThan(12);
    assertThat(bodies(until(reader, wal.timestamp()))).hasSize(19);
  }
}
