package io.milvus.cdc.internal.queue.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisconnectionTest {
  private static final long PATIENCE = Disconnection.PATIENCE.toNanos();

  private long now = Long.MAX_VALUE - PATIENCE;
  private final Disconnection disconnection = new Disconnection(() -> now);

  @Test
  void onlyOneThatLastsIsTooLong() {
    now += PATIENCE;
    assertThat(disconnection.lasts(false)).isFalse();
    assertThat(disconnection.lasts(true)).isFalse();
    now += PATIENCE;
    assertThat(disconnection.lasts(false)).isFalse();
    now++;
    assertThat(disconnection.lasts(false)).isTrue();
  }
}
