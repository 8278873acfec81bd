package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  private void ask(int times, Duration took) {
    for (int i = 0; i < times; i++) {
      pace.asked(took);
    }
  }

  @Test
  void aSourceThatAnswersAtOnceIsAskedAtEveryTick() {
    ask(100, Duration.ofMillis(1));

    assertThat(pace.rest()).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void askingTakesNoMoreThanAFiftiethOfTheTime() {
    ask(100, Duration.ofMillis(10));

    assertThat(pace.rest()).isBetween(Duration.ofMillis(450), Duration.ofMillis(550));
  }

  @Test
  void ticksAreNeverLaterThanASecond() {
    ask(100, Duration.ofSeconds(3));

    assertThat(pace.rest()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void oneLateAnswerIsSoonForgotten() {
    pace.asked(Duration.ofMillis(200));
    ask(20, Duration.ofMillis(1));

    assertThat(pace.rest()).isLessThan(Duration.ofMillis(100));
  }
}
