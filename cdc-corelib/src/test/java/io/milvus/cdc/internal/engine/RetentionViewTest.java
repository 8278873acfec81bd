package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.Retention;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.Retained;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionViewTest {
  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
  private static final long QUOTA = 1000;

  private static QueueLimits limits(@Nullable Duration age, @Nullable Duration retention) {
    return new QueueLimits(QUOTA, age, true, retention, -1, null, null);
  }

  private static RetentionView view(Retained kept, QueueLimits limits, boolean letGo) {
    return new RetentionView(kept, limits, letGo, NOW.minusSeconds(10));
  }

  private static RetentionView pinned(long bytes, long ageMillis) {
    QueueLimits limits = limits(Duration.ofMinutes(10), Duration.ZERO);
    return view(new Retained(true, "c", bytes, 10, ageMillis, limits), limits, false);
  }

  @Test
  void aTaskLetsGoAtHalfOfTheQuota() {
    assertThat(pinned(499, 0).mustLetGo()).isFalse();
    assertThat(pinned(500, 0).mustLetGo()).isTrue();
  }

  @Test
  void aTaskLetsGoAtHalfOfTheAge() {
    assertThat(pinned(1, Duration.ofMinutes(4).toMillis()).mustLetGo()).isFalse();
    assertThat(pinned(1, Duration.ofMinutes(5).toMillis()).mustLetGo()).isTrue();
  }

  @Test
  void theStatusSaysWhenTheQuotaIsReachedAndWhatToDo() {
    Retention status = pinned(400, 0).at(NOW);
    assertThat(status.pinned()).isTrue();
    assertThat(status.bytes()).isEqualTo(400);
    assertThat(status.limitBytes()).isEqualTo(QUOTA);
    assertThat(status.limitReachedAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(status.expiresAt()).isNull();
    assertThat(status.advice())
        .contains("stops the source from writing")
        .contains("channel c")
        .endsWith("Resume or delete the task.");
  }

  @Test
  void theEarlierOfBothLimitsCounts() {
    assertThat(pinned(400, Duration.ofMinutes(9).plusSeconds(30).toMillis()).at(NOW))
        .extracting(Retention::limitReachedAt)
        .isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void aTaskThatDoesNotPinIsToldUntilWhenItsPlaceIsKept() {
    QueueLimits limits = limits(null, Duration.ofMinutes(30));
    Retention status = view(new Retained(false, "", 0, 0, 0, limits), limits, false).at(NOW);
    assertThat(status.expiresAt()).isEqualTo(NOW.minusSeconds(10).plus(Duration.ofMinutes(30)));
    assertThat(status.advice()).contains("deletes the messages").contains("Resume the task");
  }

  @Test
  void nothingIsToBeDoneIfTheQueueKeepsEverything() {
    QueueLimits limits = limits(null, null);
    Retention status = view(new Retained(false, "", 0, 0, 0, limits), limits, false).at(NOW);
    assertThat(status.expiresAt()).isNull();
    assertThat(status.advice()).isEmpty();
  }

  @Test
  void aTaskThatLetGoPinsAgainOnceItHasCaughtUp() {
    QueueLimits limits = limits(null, Duration.ZERO);
    Retained none = new Retained(false, "", 0, 0, 0, limits);
    assertThat(view(none, limits, true).mayPin(NOW)).isTrue();
    assertThat(view(none, limits, false).mayPin(NOW)).isFalse();
    assertThat(view(none, limits, true).mayPin(NOW.plusSeconds(120))).isFalse();
    assertThat(view(none, limits, true).at(NOW).advice()).contains("no longer pins");
  }
}
