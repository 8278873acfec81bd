package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff();

  @Test
  void theFirstPauseIsShort() {
    assertThat(backoff.attempt()).isEqualTo(1);
    assertThat(backoff.next()).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(backoff.attempt()).isEqualTo(2);
  }

  @Test
  void pausesGrowToALimit() {
    long full = 200;
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.next().toMillis()).isBetween(full / 2, full);
      full = Math.min(15_000, 2 * full);
    }
    assertThat(full).isEqualTo(15_000);
  }

  @Test
  void manyTasksDoNotTryAllAtOnce() {
    for (int i = 0; i < 20; i++) {
      backoff.next();
    }
    long distinct = java.util.stream.Stream.generate(backoff::next).limit(50).distinct().count();

    assertThat(distinct).isGreaterThan(10);
  }

  @Test
  void aResetBeginsAnew() {
    for (int i = 0; i < 20; i++) {
      backoff.next();
    }
    backoff.reset();

    assertThat(backoff.attempt()).isEqualTo(1);
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(200));
  }
}
