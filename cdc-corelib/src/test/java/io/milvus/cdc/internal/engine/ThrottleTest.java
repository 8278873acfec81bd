package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final long NOW = TimeUnit.HOURS.toNanos(1) + System.nanoTime();

  @Test
  void bytesTakeTheirTimeAndAnIdleStretchIsNotMadeUpFor() {
    Throttle throttle = new Throttle(1000);
    assertThat(throttle.pass(500, NOW)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(throttle.pass(500, NOW)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1000));
    long later = NOW + TimeUnit.SECONDS.toNanos(60);
    assertThat(throttle.pass(100, later)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
  }

  @Test
  void withoutALimitNothingWaits() {
    assertThat(new Throttle(0).pass(Long.MAX_VALUE, NOW)).isZero();
  }
}
