package io.milvus.cdc.internal.order;

import static io.milvus.cdc.internal.order.Rows.insert;
import static io.milvus.cdc.internal.order.Rows.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.spill.Spill;
import io.milvus.cdc.testkit.Seeded;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory is bounded, and whoever all wait for is never held up. */
@Timeout(60)
class TickMergerBudgetTest {
  private static final long EVER = Long.MAX_VALUE;
  private static final int BUDGET = 64 << 10;
  @TempDir Path directory;
  private TickMerger merger;
  private Thread reader = new Thread();

  @BeforeEach
  void begin() {
    merger =
        new TickMerger(List.of("slow", "ahead"), 50, BUDGET, directory, (channel, unknown) -> {});
    merger.follow(
        rows -> false, List.of(new Demand("slow", 1, 50, EVER), new Demand("ahead", 2, 50, EVER)));
  }

  @AfterEach
  void end() throws InterruptedException {
    reader.interrupt();
    reader.join();
    merger.close();
  }

  private void read(String channel, List<? extends ChannelEvent> events) {
    reader =
        new Thread(
            () -> {
              try {
                for (ChannelEvent event : events) {
                  merger.offer(channel, event);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    reader.start();
  }

  private static List<DataEvent> rows(String channel, int count, int size) {
    return IntStream.range(0, count)
        .<DataEvent>mapToObj(
            i -> insert(channel, i, 100 + i, 1, Seeded.bytes(new SplittableRandom(i), size)))
        .toList();
  }

  private int held(String channel) {
    return merger.view().stream()
        .filter(view -> view.channel().equals(channel))
        .mapToInt(TickMerger.ChannelView::messages)
        .sum();
  }

  private void awaitBlocked() {
    await().until(() -> reader.getState() == Thread.State.WAITING);
  }

  @Test
  void aChannelThatIsAheadWaitsAtHalfTheBudget() throws Exception {
    merger.offer("ahead", tick(0, 99));
    read("ahead", rows("ahead", 100, 1000));
    awaitBlocked();

    assertThat(held("ahead") * 1256).isBetween(BUDGET / 2 - 1256, BUDGET / 2);
  }

  @Test
  void itReadsOnWhenWhatWasTakenIsOnTheTargetAndNotBefore() throws Exception {
    merger.offer("ahead", tick(0, 99));
    read("ahead", rows("ahead", 30, 1000));
    awaitBlocked();
    int before = held("ahead");

    Taken taken = merger.take(109, EVER);
    awaitBlocked();
    assertThat(held("ahead")).isEqualTo(before - 10);

    merger.release(taken);
    reader.join();
    assertThat(held("ahead")).isEqualTo(20);
  }

  @Test
  void theChannelThatAllWaitForIsNeverHeldUp() throws Exception {
    merger.offer("ahead", tick(0, 200_000));
    List<DataEvent> many = rows("slow", 1000, 1000);
    for (DataEvent event : many) {
      merger.offer("slow", event);
    }
    merger.offer("slow", tick(1001, 5000));

    Taken taken = merger.take(merger.frontier(merger.snapshot()), EVER);
    assertThat(taken.events()).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      assertThat(taken.events().get(i).payload().bytes()).isEqualTo(many.get(i).payload().bytes());
    }
    merger.release(taken);
  }

  @Test
  void whatGoesBeyondTheBudgetGoesToDisk() throws Exception {
    merger.offer("ahead", tick(0, 200_000));
    for (DataEvent event : rows("slow", 200, 1000)) {
      merger.offer("slow", event);
    }
    Taken taken = merger.take(1000, EVER);

    long inMemory =
        taken.events().stream()
            .filter(event -> !Spill.holds(event.payload()))
            .mapToLong(event -> event.payload().size())
            .sum();
    assertThat(inMemory).isBetween(BUDGET / 2L, (long) BUDGET);
    merger.release(taken);
  }

  @Test
  void whileTheTargetIsSentWhatWasTakenNothingGoesToDisk() throws Exception {
    merger.offer("ahead", tick(0, 200_000));
    merger.offer("slow", insert("slow", 0, 60, 1, new byte[1000]));
    Taken sent = merger.take(60, EVER);

    read("slow", rows("slow", 200, 1000));
    awaitBlocked();
    assertThat(held("slow") * 1256).isBetween(BUDGET - 3 * 1256, BUDGET);

    merger.release(sent);
    reader.join();
    assertThat(held("slow")).isEqualTo(200);
  }

  @Test
  void releasingSpilledRowsFreesTheirRoomExactly() throws Exception {
    merger.offer("ahead", tick(0, 200_000));
    for (int round = 0; round < 50; round++) {
      long from = 100 + 1000L * round;
      for (int i = 0; i < 100; i++) {
        merger.offer("slow", insert("slow", from + i, from + i, 1, new byte[1000]));
      }
      merger.release(merger.take(from + 100, EVER));
    }
    // Had room leaked, or been freed twice, the reader ahead would now stop elsewhere than at
    // first.
    read("ahead", rowsAt(300_000));
    awaitBlocked();
    assertThat(held("ahead") * 1256).isBetween(BUDGET / 2 - 1256, BUDGET / 2);
  }

  private static List<DataEvent> rowsAt(long time) {
    return IntStream.range(0, 100)
        .<DataEvent>mapToObj(i -> insert("ahead", i, time + i, 1, new byte[1000]))
        .toList();
  }

  @Test
  void aMessageLargerThanTheBudgetStillGetsThrough() throws Exception {
    merger.offer("ahead", tick(0, 99));
    merger.offer("ahead", insert("ahead", 1, 100, 1, new byte[4 * BUDGET]));

    assertThat(held("ahead")).isEqualTo(1);
  }

  @Test
  void aChannelThatBecomesTheOneWaitedForIsLetGo() throws Exception {
    merger.offer("ahead", tick(0, 99));
    read("ahead", rows("ahead", 100, 1000));
    awaitBlocked();

    merger.offer("slow", tick(1, 10_000));

    reader.join();
    assertThat(held("ahead")).isEqualTo(100);
  }

  @Test
  void aChannelWhoseRivalsEndedIsLetGo() throws Exception {
    merger.offer("ahead", tick(0, 99));
    read("ahead", rows("ahead", 100, 1000));
    awaitBlocked();

    merger.follow(rows -> false, List.of(new Demand("ahead", 2, 50, EVER)));

    reader.join();
    assertThat(held("ahead")).isEqualTo(100);
  }

  @Test
  void withNobodyToWaitForNoReaderIsHeldUpBeforeItsTick() throws Exception {
    merger.follow(rows -> false, List.of());
    read("ahead", rows("ahead", 100, 1000));

    reader.join(3000);
    assertThat(reader.isAlive()).as("still blocked before the tick behind its rows").isFalse();
  }

  @Test
  void closingFreesAReaderThatWaits() throws Exception {
    merger.offer("ahead", tick(0, 99));
    read("ahead", rows("ahead", 100, 1000));
    awaitBlocked();
    reader.interrupt();
    reader.join();

    assertThat(reader.isAlive()).isFalse();
  }

  @Test
  void whatAnotherTaskReadsIsTakenWithoutWaitingUntilHalfOfTheBudgetIsUsed() {
    int taken = 0;
    for (DataEvent event : rows("slow", 100, 4096)) {
      if (!merger.offerNow("slow", event)) {
        break;
      }
      taken++;
    }

    assertThat((long) taken * 4096).isBetween(BUDGET / 4L, BUDGET / 2L);
    assertThat(merger.roomy()).isFalse();
    assertThat(merger.view()).extracting("messages").contains(taken);
  }

  @Test
  void aTaskThatIsBehindDoesNotEvenTakeTheTicksThatAnotherReads() throws Exception {
    for (DataEvent event : rows("slow", 10, 4096)) {
      merger.offer("slow", event);
    }

    assertThat(merger.offerNow("ahead", tick(1, 100))).isFalse();
    merger.release(merger.take(EVER, EVER));
    assertThat(merger.roomy()).isTrue();
    assertThat(merger.offerNow("ahead", tick(1, 100))).isTrue();
  }
}
