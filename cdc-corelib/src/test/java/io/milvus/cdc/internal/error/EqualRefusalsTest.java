package io.milvus.cdc.internal.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EqualRefusalsTest {
  private Instant now = Instant.EPOCH;
  private final EqualRefusals refusals = new EqualRefusals(() -> now);

  private int triesOf(String... answers) {
    for (int tries = 1; tries <= 1000; tries++) {
      if (refusals.last(answers[tries % answers.length])) {
        return tries;
      }
      now = now.plusSeconds(1);
    }
    return -1;
  }

  @Test
  void equalOnesLastAfterAMinute() {
    assertThat(triesOf("odd")).isEqualTo(61);
  }

  @Test
  void fewOnesDoNotLastHoweverLongTheyTake() {
    for (int tries = 1; tries < EqualRefusals.COUNT; tries++) {
      assertThat(refusals.last("odd")).isFalse();
      now = now.plusSeconds(3600);
    }
    assertThat(refusals.last("odd")).isTrue();
  }

  @Test
  void numbersAndIdsThatDifferMakeNoOtherAnswer() {
    assertThat(
            triesOf(
                "refused at 0xc0001 for request 5d41402a-bc4b, 3 rows",
                "refused at 0xc0ffe for request 7e41402a-bc4b, 17 rows"))
        .isEqualTo(61);
  }

  @Test
  void anotherAnswerBeginsTheCountAnew() {
    assertThat(triesOf("odd", "odder")).isEqualTo(-1);
  }

  @Test
  void whatIsClearedBeginsAnew() {
    assertThat(triesOf("odd")).isEqualTo(61);
    refusals.clear();
    assertThat(refusals.last("odd")).isFalse();
  }
}
