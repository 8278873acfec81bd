package io.milvus.cdc.internal.order;

import static io.milvus.cdc.internal.order.Rows.at;
import static io.milvus.cdc.internal.order.Rows.delete;
import static io.milvus.cdc.internal.order.Rows.insert;
import static io.milvus.cdc.internal.order.Rows.numbered;
import static io.milvus.cdc.internal.order.Rows.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Ignored;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Unknown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TickMergerTest {
  private static final long EVER = Long.MAX_VALUE;
  @TempDir Path directory;
  private List<String> unknowns = new ArrayList<>();
  private TickMerger merger;

  @BeforeEach
  void begin() {
    merger =
        new TickMerger(
            List.of("a", "b", "c"),
            50,
            1 << 20,
            directory,
            (channel, unknown) -> unknowns.add(channel + unknown.position()));
  }

  @AfterEach
  void end() {
    merger.close();
  }

  private void offer(String channel, ChannelEvent... events) throws InterruptedException {
    for (ChannelEvent event : events) {
      merger.offer(channel, event);
    }
  }

  private void follow(Demand... demands) {
    merger.follow(rows -> false, List.of(demands));
  }

  private static Demand demand(String channel) {
    return new Demand(channel, 1, 50, EVER);
  }

  private long frontier() {
    return merger.frontier(merger.snapshot());
  }

  private static List<Long> times(List<DataEvent> events) {
    return events.stream().map(DataEvent::timestamp).toList();
  }

  @Test
  void theFrontierIsTheSlowestChannelThatIsNeeded() throws Exception {
    follow(demand("a"), demand("b"));
    offer("a", tick(1, 100));
    offer("b", tick(1, 80));
    offer("c", tick(1, 70));

    assertThat(frontier()).isEqualTo(80);
    offer("b", tick(2, 120));
    assertThat(frontier()).isEqualTo(100);
  }

  @Test
  void aChannelWithoutATickHoldsTheFrontierAtWhatIsKnown() throws Exception {
    follow(demand("a"), demand("b"));
    offer("a", tick(1, 100));

    assertThat(frontier()).isEqualTo(50);
  }

  @Test
  void aCollectionThatBeginsHoldsTheFrontierJustBeforeItsBirth() throws Exception {
    follow(demand("a"), new Demand("b", 2, 89, EVER));
    offer("a", tick(1, 100));

    assertThat(frontier()).isEqualTo(89);
    offer("b", tick(1, 95));
    assertThat(frontier()).isEqualTo(95);
  }

  @Test
  void onlyTicksThatWereSeenBeforeTheCatalogCount() throws Exception {
    follow(demand("a"));
    offer("a", tick(1, 100));
    TickSnapshot before = merger.snapshot();
    offer("a", tick(2, 200));

    assertThat(merger.frontier(before)).isEqualTo(100);
  }

  @Test
  void aLastMessageThatOvertakesTheCatalogDoesNotCount() throws Exception {
    follow(demand("a"));
    offer("a", tick(1, 100));
    TickSnapshot before = merger.snapshot();
    offer("a", Rows.end(2, 110, demand("a").collectionId()));

    assertThat(merger.frontier(before)).isEqualTo(100);
  }

  @Test
  void aTickThatGoesBackChangesNothing() throws Exception {
    follow(demand("a"));
    offer("a", tick(1, 100), tick(2, 90));

    assertThat(frontier()).isEqualTo(100);
  }

  @Test
  void aDroppedCollectionIsNotWaitedForAfterATickThatCoversItsDrop() throws Exception {
    follow(demand("a"), new Demand("b", 2, 50, 90));
    offer("a", tick(1, 200));
    offer("b", tick(1, 89));
    assertThat(frontier()).isEqualTo(89);

    offer("b", tick(2, 90));
    assertThat(frontier()).isEqualTo(200);
  }

  @Test
  void aDroppedCollectionIsNotWaitedForAfterItsLastMessage() throws Exception {
    follow(demand("a"), new Demand("b", 2, 50, 90));
    offer("a", tick(1, 200));
    offer("b", tick(1, 80), Rows.end(2, 90, 1));
    assertThat(frontier()).isEqualTo(80);

    offer("b", Rows.end(3, 90, 2));
    assertThat(frontier()).isEqualTo(200);
  }

  @Test
  void aDropIsReachedThoughTicksStoppedBeforeIt() throws Exception {
    follow(new Demand("a", 2, 50, 90), new Demand("b", 2, 50, 90));
    offer("a", tick(1, 80), Rows.end(2, 90, 2));
    offer("b", tick(1, 82), Rows.end(2, 90, 2));

    assertThat(frontier()).isGreaterThanOrEqualTo(89);
  }

  @Test
  void withNobodyToWaitForAnyTickCounts() throws Exception {
    follow();
    offer("a", tick(1, 80));
    offer("b", tick(1, 100));

    assertThat(frontier()).isEqualTo(100);
    assertThat(merger.idle()).isTrue();
  }

  @Test
  void rowsComeInTheOrderOfTheirTimestampsAcrossChannels() throws Exception {
    offer("a", insert("a", 1, 70), insert("a", 2, 60), insert("a", 3, 90));
    offer("b", insert("b", 1, 65), insert("b", 2, 80));

    Taken taken = merger.take(80, EVER);

    assertThat(times(taken.events())).containsExactly(60L, 65L, 70L, 80L);
    assertThat(taken.upTo()).isEqualTo(80);
    assertThat(times(merger.take(100, EVER).events())).containsExactly(90L);
  }

  @Test
  void theDeleteOfAnUpsertComesBeforeItsInsert() throws Exception {
    DataEvent in = insert("a", 1, 60);
    DataEvent out = delete("a", 2, 60);
    DataEvent before = insert("a", 3, 59);
    offer("a", in, out, before);

    assertThat(merger.take(60, EVER).events()).containsExactly(before, out, in);
  }

  @Test
  void rowsOfOneTimeAndChannelKeepTheQueuesOrder() throws Exception {
    DataEvent[] all = new DataEvent[20];
    for (int i = 0; i < all.length; i++) {
      all[i] = insert("a", i, 60);
    }
    offer("a", all);

    assertThat(merger.take(60, EVER).events()).containsExactly(all);
  }

  @Test
  void rowsAtOrBelowTheWatermarkArePassedOver() throws Exception {
    offer("a", insert("a", 1, 50), insert("a", 2, 51));
    assertThat(times(merger.take(60, EVER).events())).containsExactly(51L);

    offer("a", insert("a", 3, 60), insert("a", 4, 61));
    assertThat(times(merger.take(70, EVER).events())).containsExactly(61L);
    assertThat(merger.discarded()).isZero();
  }

  @Test
  void rowsThatNobodyWantsAreCountedAndNotHeld() throws Exception {
    merger.follow(rows -> rows.collectionId() == 2, List.of(demand("a")));
    offer("a", insert("a", 1, 60, 2, new byte[9]), insert("a", 2, 61));

    assertThat(merger.discarded()).isEqualTo(1);
    assertThat(times(merger.take(70, EVER).events())).containsExactly(61L);
    assertThat(merger.positions()).containsEntry("a", at(2));
  }

  @Test
  void aRoundEndsBetweenTimestampsAndNeverWithinOne() throws Exception {
    offer("a", insert("a", 1, 60), insert("a", 2, 61), insert("a", 3, 62));
    offer("b", insert("b", 1, 61), insert("b", 2, 63));

    Taken first = merger.take(100, 15);
    assertThat(times(first.events())).containsExactly(60L, 61L, 61L);
    assertThat(first.upTo()).isEqualTo(61);

    Taken second = merger.take(100, 1000);
    assertThat(times(second.events())).containsExactly(62L, 63L);
    assertThat(second.upTo()).isEqualTo(100);
  }

  @Test
  void findsTheEarliestRowOfAPartition() throws Exception {
    offer("a", insert("a", 1, 80), insert("a", 2, 70));
    offer("b", insert("b", 1, 60, 2, new byte[1]));

    assertThat(merger.earliest(10)).isEqualTo(70);
    assertThat(merger.earliest(20)).isEqualTo(60);
    assertThat(merger.earliest(30)).isEqualTo(EVER);
  }

  @Test
  void thePositionIsTheFirstMessageThatIsNeededAgain() throws Exception {
    assertThat(merger.positions()).isEmpty();
    offer("a", tick(1, 55), insert("a", 2, 80), insert("a", 3, 60), tick(4, 70));
    assertThat(merger.positions()).isEqualTo(Map.of("a", at(2)));

    merger.take(70, EVER);
    assertThat(merger.positions()).isEqualTo(Map.of("a", at(2)));
    merger.take(80, EVER);
    assertThat(merger.positions()).isEqualTo(Map.of("a", at(4)));
  }

  @Test
  void whatTellsThatACollectionEndedIsNeededAgainUntilTheWatermarkPassesIt() throws Exception {
    offer("a", Rows.end(1, 60, 1), Rows.end(2, 61, 2), new Ignored(at(3)));
    assertThat(merger.positions()).containsEntry("a", at(1));

    merger.take(60, EVER);
    assertThat(merger.positions()).containsEntry("a", at(2));
    merger.take(61, EVER);
    assertThat(merger.positions()).containsEntry("a", at(3));
  }

  @Test
  void theEndsOfATasksLifeDoNotAddUp() throws Exception {
    offer("a", Rows.end(1, 60, 1), Rows.end(2, 61, 2));
    merger.take(60, EVER);
    merger.positions();

    assertThat(merger.snapshot().ended().get("a")).containsExactly(2L);
  }

  @Test
  void theLastTickIsNeededAgainUntilTheWatermarkPassesItWhateverComesBehind() throws Exception {
    offer("a", tick(1, 60), tick(2, 70), new Ignored(at(3)));
    assertThat(merger.positions()).containsEntry("a", at(2));

    merger.take(70, EVER);
    assertThat(merger.positions()).containsEntry("a", at(3));
  }

  @Test
  void messagesWithoutRowsMoveThePositionToo() throws Exception {
    offer("a", new Ignored(at(1)));
    assertThat(merger.positions()).containsEntry("a", at(1));
    offer("a", insert("a", 2, 10));
    assertThat(merger.positions()).containsEntry("a", at(2));
    offer("a", Rows.end(3, 60, 1));
    assertThat(merger.positions()).containsEntry("a", at(3));
  }

  @Test
  void anUnknownMessageIsToldBeforeItIsPassedOver() throws Exception {
    Unknown unknown = new Unknown(at(9), "its type is 408", Payload.of(new byte[3]));
    assertThat(merger.offerNow("a", unknown)).isFalse();
    assertThat(unknowns).isEmpty();
    offer("a", unknown);

    assertThat(unknowns).containsExactly("a0:9");
    assertThat(merger.positions()).containsEntry("a", at(9));
  }

  @Test
  void anUnknownMessageThatCannotBeToldIsNotPassedOver() throws Exception {
    offer("a", tick(1, 100));
    unknowns = List.of();

    assertThatThrownBy(() -> offer("a", new Unknown(at(9), "why", Payload.of(new byte[3]))))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(merger.positions()).containsEntry("a", at(1));
  }

  @Test
  void theFirstFailureIsTheOneThatIsTold() {
    merger.fail(new RetriableException("first", ""));
    merger.fail(new RetriableException("second", ""));

    assertThatThrownBy(() -> merger.await(Duration.ofDays(1), Duration.ZERO)).hasMessage("first");
    assertThatThrownBy(() -> merger.await(Duration.ZERO, Duration.ZERO)).hasMessage("first");
  }

  @Test
  void whatLetsMoreBeTakenWakesWhoWaits() throws Exception {
    follow(demand("a"), demand("b"));
    merger.await(Duration.ofDays(1), Duration.ZERO);
    offer("a", tick(1, 60));
    offer("b", tick(1, 60));
    merger.await(Duration.ofDays(1), Duration.ZERO);
    offer("a", Rows.end(2, 60, 1));
    offer("b", tick(2, 70));
    merger.await(Duration.ofDays(1), Duration.ZERO);
    merger.wake();
    merger.await(Duration.ofDays(1), Duration.ZERO);
  }

  @Test
  void whatLetsNothingBeTakenWakesNobody() throws Exception {
    follow(demand("a"), demand("b"));
    merger.await(Duration.ofDays(1), Duration.ZERO);
    offer("a", insert("a", 1, 60), tick(2, 60));
    offer("c", tick(1, 60));
    long before = System.nanoTime();
    merger.await(Duration.ofMillis(50), Duration.ZERO);

    assertThat(System.nanoTime() - before).isGreaterThan(40_000_000);
  }

  @Test
  void ticksWithoutRowsWaitForTheRestToBeOverAndRowsDoNot() throws Exception {
    follow(demand("a"));
    merger.await(Duration.ofDays(1), Duration.ofDays(1));
    long told = System.nanoTime();
    offer("a", tick(1, 60));
    merger.await(Duration.ofDays(1), Duration.ofMillis(50));

    assertThat(System.nanoTime() - told).isGreaterThan(40_000_000);
    offer("a", insert("a", 2, 61), tick(3, 61));
    merger.await(Duration.ofDays(1), Duration.ofDays(1));
    merger.take(61, EVER);
    offer("a", Rows.end(4, 62, 1));
    merger.await(Duration.ofDays(1), Duration.ofDays(1));
  }

  @Test
  void aTickWakesWhereNobodyIsWaitedFor() throws Exception {
    offer("a", tick(1, 60));
    merger.await(Duration.ofDays(1), Duration.ZERO);
  }

  @Test
  void showsWhatItHolds() throws Exception {
    follow(demand("a"));
    offer("a", insert("a", 1, 60), insert("a", 2, 61), tick(3, 60));

    assertThat(merger.view())
        .containsExactly(
            new TickMerger.ChannelView("a", true, 60, 2, 20),
            new TickMerger.ChannelView("b", false, 0, 0, 0),
            new TickMerger.ChannelView("c", false, 0, 0, 0));
    merger.take(60, EVER);
    assertThat(merger.view().get(0)).isEqualTo(new TickMerger.ChannelView("a", true, 60, 1, 10));
  }

  @Test
  void aMessageThatItsSenderRepeatedCountsOnce() throws Exception {
    follow(demand("a"));
    offer("a", numbered(7, "a", 1, 110), tick(2, 100));
    offer("a", numbered(7, "a", 3, 110), numbered(8, "a", 4, 110), tick(5, 120));

    assertThat(merger.take(120, EVER).events())
        .extracting(DataEvent::position)
        .containsExactly(at(1), at(4));
    assertThat(merger.positions().get("a")).isEqualTo(at(5));
  }

  @Test
  void whatIsNotNumberedOrHasAnotherTimeIsNoRepetition() throws Exception {
    follow(demand("a"), demand("b"));
    offer("a", numbered(0, "a", 1, 110), numbered(0, "a", 2, 110), numbered(7, "a", 3, 110));
    offer("a", numbered(7, "a", 4, 111), tick(5, 120), numbered(7, "a", 6, 130), tick(7, 140));
    offer("b", numbered(7, "b", 1, 110), tick(2, 140));

    assertThat(merger.take(140, EVER).events()).hasSize(6);
  }
}
