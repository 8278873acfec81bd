package io.milvus.cdc.internal.queue.pulsar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.queue.pulsar.PulsarContinuity.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PulsarContinuityTest implements PulsarContinuity.Held {
  /** What a topic holds. */
  private final TreeSet<PulsarPlace> topic = new TreeSet<>();

  private int probes;
  private boolean skipped;

  @Override
  public boolean hasEntriesBetween(PulsarPlace before, PulsarPlace behind) {
    return skipped;
  }

  @Override
  public List<PulsarPlace> from(PulsarPlace start, int count) {
    probes++;
    return topic.tailSet(start).stream().limit(count).toList();
  }

  private static PulsarPlace at(long ledger, long entry) {
    return new PulsarPlace(ledger, entry, -1, 0);
  }

  private void hold(long ledger, int entries) {
    for (int entry = 0; entry < entries; entry++) {
      topic.add(at(ledger, entry));
    }
  }

  private PulsarContinuity after(PulsarPlace last) {
    return PulsarContinuity.after("t", this, last);
  }

  @Test
  void entriesOfALedgerFollowEachOtherWithoutAQuestion() {
    hold(3, 10);
    PulsarContinuity begun = PulsarContinuity.anywhere("t", this, null);
    for (int entry = 0; entry < 10; entry++) {
      assertThat(begun.judge(at(3, entry))).isEqualTo(Verdict.HAND_OUT);
    }
    assertThat(probes).isZero();
  }

  @Test
  void theNextLedgerFollowsIfTheLastMessageIsStillHeld() {
    hold(3, 2);
    hold(7, 1);
    assertThat(after(at(3, 1)).judge(at(7, 0))).isEqualTo(Verdict.HAND_OUT);
  }

  @Test
  void aMessageBehindADeletedLedgerIsNotHandedOut() {
    hold(3, 2);
    PulsarContinuity begun = after(at(3, 1));
    topic.clear();
    hold(9, 5);
    assertThatThrownBy(() -> begun.judge(at(9, 0)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("no longer holds message 3:1")
        .hasMessageContaining("The first message left is 9:0");
  }

  @Test
  void whatABrokerSkippedIsReadAgainIfItIsHeld() {
    hold(3, 10);
    hold(5, 3);
    PulsarContinuity begun = after(at(3, 4));
    assertThat(begun.judge(at(5, 2))).isEqualTo(Verdict.READ_AGAIN);
    assertThat(begun.start()).isEqualTo(at(3, 5));
    assertThat(begun.judge(at(3, 5))).isEqualTo(Verdict.HAND_OUT);
    assertThat(begun.judge(at(3, 6))).isEqualTo(Verdict.HAND_OUT);
  }

  @Test
  void entriesThatCannotBeReadAreNoEmptyGap() {
    topic.add(at(3, 4));
    topic.add(at(3, 9));
    assertThatThrownBy(() -> after(at(3, 4)).judge(at(3, 9)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("between 3:4 and 3:9");
  }

  @Test
  void ledgersThatTheBrokerSkippedAsUnreadableAreNoEmptyGap() {
    hold(3, 2);
    hold(7, 1);
    skipped = true;
    assertThatThrownBy(() -> after(at(3, 1)).judge(at(7, 0)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("between 3:1 and 7:0");
  }

  @Test
  void aTopicWhoseNumbersBeginAgainIsNotTheOneThatWasRead() {
    hold(3, 5);
    PulsarContinuity begun = after(at(3, 4));
    topic.clear();
    hold(1, 5);
    assertThatThrownBy(() -> begun.judge(at(1, 0)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("created again");
  }

  @Test
  void whatComesAgainAfterAReconnectionIsDroppedAfterOneQuestion() {
    hold(3, 8);
    PulsarContinuity begun = after(at(3, 6));
    int before = probes;
    assertThat(begun.judge(at(3, 4))).isEqualTo(Verdict.DROP);
    assertThat(begun.judge(at(3, 5))).isEqualTo(Verdict.DROP);
    assertThat(begun.judge(at(3, 6))).isEqualTo(Verdict.DROP);
    assertThat(probes).isEqualTo(before + 1);
    assertThat(begun.judge(at(3, 7))).isEqualTo(Verdict.HAND_OUT);
  }

  @Test
  void aMessageThatIsNotThereYetIsAskedForAgainLater() {
    hold(3, 1);
    assertThatThrownBy(() -> after(at(3, 0)).judge(at(4, 0)))
        .isInstanceOf(RetriableException.class);
  }

  @Test
  void aReaderFromTheEarliestNeedsTheFirstMessageOfACollection() {
    hold(5, 3);
    assertThat(PulsarContinuity.anywhere("t", this, at(5, 0)).judge(at(5, 0)))
        .isEqualTo(Verdict.HAND_OUT);
    assertThatThrownBy(() -> PulsarContinuity.anywhere("t", this, at(4, 7)).judge(at(5, 0)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("no longer holds message 4:7");
  }

  /** Milvus's client writes every message as a batch of one, and positions name the entry only. */
  @Test
  void anEntryNamesTheOnlyMessageOfItsBatch() {
    topic.add(at(6, 0));
    PulsarContinuity begun = PulsarContinuity.at("t", this, at(6, 0));
    PulsarPlace first = PulsarPositions.placeOf(new Position("6:0"));
    assertThat(first).isEqualTo(at(6, 0));
    assertThat(begun.judge(at(6, 0))).isEqualTo(Verdict.HAND_OUT);
    PulsarPlace ofBatch = new PulsarPlace(6, 0, 0, 3);
    assertThat(at(6, 0).names(ofBatch)).isTrue();
    assertThat(at(6, 0).names(new PulsarPlace(6, 0, 1, 3))).isFalse();
  }

  @Test
  void batchesFollowEachOtherMessageByMessage() {
    PulsarContinuity begun = PulsarContinuity.anywhere("t", this, null);
    for (int entry = 0; entry < 3; entry++) {
      for (int number = 0; number < 4; number++) {
        PulsarPlace place = new PulsarPlace(2, entry, number, 4);
        topic.add(place);
        assertThat(begun.judge(place)).isEqualTo(Verdict.HAND_OUT);
      }
    }
    assertThat(begun.judge(new PulsarPlace(2, 2, 1, 4))).isEqualTo(Verdict.DROP);
    assertThat(probes).isZero();
  }

  /** A broker that jumps, repeats and deletes as it likes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverTheBrokerDoesNoMessageIsHandedOutBehindALostOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int life = 0; life < 400; life++) {
      topic.clear();
      List<PulsarPlace> all = new ArrayList<>();
      long ledger = 1;
      for (int ledgers = random.nextInt(1, 6); ledgers > 0; ledgers--) {
        ledger += random.nextInt(1, 4);
        hold(ledger, random.nextInt(1, 6));
      }
      all.addAll(topic);
      PulsarContinuity begun = PulsarContinuity.anywhere("t", this, all.get(0));
      List<PulsarPlace> handedOut = new ArrayList<>();
      int next = 0;
      try {
        for (int step = 0; step < 200 && handedOut.size() < all.size(); step++) {
          if (random.nextInt(10) == 0 && topic.size() > 1) {
            long oldest = topic.first().ledger();
            topic.removeIf(
                place -> place.ledger() == oldest && oldest < all.get(all.size() - 1).ledger());
          }
          if (random.nextInt(5) == 0) {
            next = Math.max(0, Math.min(all.size() - 1, next + random.nextInt(-3, 4)));
          }
          PulsarPlace came = topic.ceiling(all.get(Math.min(next, all.size() - 1)));
          if (came == null) {
            break;
          }
          Verdict verdict = begun.judge(came);
          next = all.indexOf(came) + 1;
          if (verdict == Verdict.HAND_OUT) {
            handedOut.add(came);
          } else if (verdict == Verdict.READ_AGAIN) {
            next = all.indexOf(begun.start());
          }
        }
      } catch (PositionExpiredException e) {
        assertThat(handedOut).hasSizeLessThan(all.size());
      }
      assertThat(handedOut)
          .isSortedAccordingTo(Comparator.naturalOrder())
          .isEqualTo(all.subList(0, handedOut.size()));
    }
  }
}
