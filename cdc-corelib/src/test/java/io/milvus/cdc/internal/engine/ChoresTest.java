package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoresTest {
  private static final Instant BEGIN = Instant.EPOCH;

  private Instant now = BEGIN;
  private final Chores<Integer, String> chores = new Chores<>(() -> now, reason -> {});

  private Duration took() {
    return Duration.between(BEGIN, now);
  }

  private void doAllThatIsDue(Chores.Doer<Integer, String> doer) throws Exception {
    while (chores.step(doer)) {}
    now = now.plusSeconds(1);
  }

  @Test
  void targetThatLetsOneChangePassInTwoSecondsIsUsedAtThatRate() throws Exception {
    int count = 100;
    for (int key = 0; key < count; key++) {
      chores.put(key, "create an index");
    }
    List<Instant> passed = new ArrayList<>();
    while (passed.size() < count) {
      doAllThatIsDue(
          (key, work) -> {
            boolean allowed =
                passed.isEmpty() || !now.isBefore(passed.get(passed.size() - 1).plusSeconds(2));
            if (allowed) {
              passed.add(now);
            }
            return allowed ? "" : "rate limit exceeded";
          });
    }
    assertThat(took()).isLessThan(Duration.ofSeconds(3 * count));
    assertThat(chores.limitations()).isEmpty();
  }

  @Test
  void whatIsNeverDoneIsTriedLessAndLessOften() throws Exception {
    chores.put(1, "load more replicas than there are nodes");
    List<Instant> tries = new ArrayList<>();
    while (took().compareTo(Duration.ofMinutes(10)) < 0) {
      doAllThatIsDue(
          (key, work) -> {
            tries.add(now);
            return "too few nodes";
          });
    }
    assertThat(tries).hasSizeBetween(10, 16);
    assertThat(chores.limitations()).containsExactly("too few nodes");
  }
}
