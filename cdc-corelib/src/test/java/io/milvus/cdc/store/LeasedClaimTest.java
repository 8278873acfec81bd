package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.error.UnknownOutcomeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of writes whose answers are lost, or that arrive when they are over. */
@Timeout(30)
class LeasedClaimTest {
  private final Leases leases = new Leases(Duration.ofSeconds(2));
  private final OneText store = new OneText();
  private final LeasedClaim claim = leases.claim("task 't' here", store);

  @AfterEach
  void close() {
    leases.close();
  }

  /** A store of one text, whose answers can be lost and whose writes can be late. */
  private static final class OneText implements Tenure {
    private final Deque<Runnable> late = new ArrayDeque<>();
    private String packed;
    private long fence = 1;
    private int claimsLost;
    private boolean taken;
    private boolean answersLost;
    private boolean writesLate;
    private volatile boolean away;

    void arrive() {
      while (!late.isEmpty()) {
        late.pop().run();
      }
    }

    @Override
    public long take() {
      if (claimsLost-- > 0) {
        long end = System.nanoTime() + 1_500_000_000;
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
        throw new RetriableException("lost", "");
      }
      return fence;
    }

    @Override
    public Optional<String> holder() {
      return Optional.of("another");
    }

    @Override
    public boolean renew() {
      requireThere();
      return !taken;
    }

    private void requireThere() {
      if (away) {
        throw new RetriableException("away", "");
      }
    }

    @Override
    public long moveFence() {
      requireThere();
      if (taken) {
        throw new StaleOwnerException("taken", "");
      }
      return ++fence;
    }

    @Override
    public long write(long current, String text) {
      requireThere();
      if (writesLate) {
        late.push(() -> replace(current, text));
        throw new RetriableException("late", "");
      }
      long next = replace(current, text);
      if (answersLost) {
        answersLost = false;
        throw new RetriableException("lost", "");
      }
      return next;
    }

    private long replace(long current, String text) {
      if (taken || current != fence) {
        return 0;
      }
      packed = text;
      return fence;
    }

    @Override
    public long remove(long current) {
      requireThere();
      return replace(current, null);
    }

    @Override
    public Optional<String> read() {
      requireThere();
      return Optional.ofNullable(packed);
    }

    @Override
    public void release() {
      requireThere();
    }
  }

  @Test
  void aSaveWhoseAnswerIsLostIsRepeated() {
    store.answersLost = true;
    claim.save("1");
    assertThat(claim.load()).contains("1");
    assertThat(store.fence).isEqualTo(2);
  }

  @Test
  void aSaveThatArrivesLateChangesNothingAfterALoad() {
    claim.save("1");
    store.writesLate = true;
    assertThatThrownBy(() -> claim.save("2"))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessageContaining("'t'");
    store.writesLate = false;

    assertThat(claim.load()).contains("1");
    store.arrive();
    assertThat(claim.load()).contains("1");
  }

  @Test
  void aSaveThatArrivesBeforeTheLoadCounts() {
    store.writesLate = true;
    assertThatThrownBy(() -> claim.save("2")).isInstanceOf(UnknownOutcomeException.class);
    store.writesLate = false;
    store.late.peek().run();
    assertThat(claim.load()).contains("2");
  }

  @Test
  void aSaveThatArrivesLateDoesNotUndoTheNext() {
    store.writesLate = true;
    assertThatThrownBy(() -> claim.save("1")).isInstanceOf(UnknownOutcomeException.class);
    store.writesLate = false;
    claim.save("2");
    store.arrive();
    assertThat(claim.load()).contains("2");
  }

  @Test
  void whoLostTheTaskIsToldAtTheFirstSave() {
    store.taken = true;
    assertThatThrownBy(() -> claim.save("1")).isInstanceOf(StaleOwnerException.class);
    assertThatThrownBy(claim::requireOwned)
        .isInstanceOf(StaleOwnerException.class)
        .hasMessageContaining("another owner has taken it over");
    assertThatThrownBy(claim::delete).isInstanceOf(StaleOwnerException.class);
  }

  @Test
  void whoLostTheTaskIsToldByTheRenewal() {
    store.taken = true;
    claim.renew();
    assertThatThrownBy(claim::requireOwned).isInstanceOf(StaleOwnerException.class);
    assertThatThrownBy(() -> claim.save("1")).isInstanceOf(StaleOwnerException.class);
  }

  @Test
  void noOneIsSureWhileTheStoreIsAwayAndThenAgain() throws Exception {
    store.away = true;
    claim.requireOwned();
    Thread.sleep(1500);
    assertThatThrownBy(claim::requireOwned)
        .isInstanceOf(StaleOwnerException.class)
        .hasMessageContaining("2000 ms");
    store.away = false;
    claim.renew();
    claim.requireOwned();
  }

  @Test
  void aLeaseCountsFromTheFirstTryToGetIt() {
    OneText slow = new OneText();
    slow.claimsLost = 1;
    LeasedClaim late = leases.claim("task 'u' here", slow);
    assertThatThrownBy(late::requireOwned).isInstanceOf(StaleOwnerException.class);
    late.renew();
    late.requireOwned();
  }

  @Test
  void anInterruptedSaveEndsAtOnce() {
    store.away = true;
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> claim.save("1")).isInstanceOf(UnknownOutcomeException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void closingWorksWhileTheStoreIsAway() {
    store.away = true;
    claim.close();
    claim.close();
    assertThatThrownBy(claim::requireOwned).hasMessageContaining("released");
  }
}
