package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StandbyClockTest {
  private final StandbyClock clock = new StandbyClock();

  private List<Long> stamps(long... timestamps) {
    clock.begin();
    return Arrays.stream(timestamps).map(clock::stamp).boxed().toList();
  }

  @Test
  void whatIsAheadKeepsItsTimestamp() {
    assertThat(stamps(10, 20, 30)).containsExactly(10L, 20L, 30L);
  }

  @Test
  void whatIsBehindIsPutJustAboveInTheSameOrder() {
    clock.raise(100);

    assertThat(stamps(10, 20, 200, 201)).containsExactly(101L, 102L, 200L, 201L);
  }

  @Test
  void equalTimestampsStayEqual() {
    clock.raise(100);

    assertThat(stamps(10, 10, 20, 20, 300, 300))
        .containsExactly(101L, 101L, 102L, 102L, 300L, 300L);
  }

  @Test
  void aNewSequenceNeverMeetsTheTimestampsOfTheLastOne() {
    assertThat(stamps(10, 20)).containsExactly(10L, 20L);
    assertThat(stamps(20, 21)).containsExactly(21L, 22L);
  }

  @Test
  void aTickNeverGoesBack() {
    assertThat(clock.tick(50)).isEqualTo(50);
    assertThat(clock.tick(40)).isEqualTo(50);
    assertThat(stamps(45)).containsExactly(51L);
    assertThat(clock.last()).isEqualTo(51);
  }

  @Test
  void raisingNeverLowers() {
    clock.raise(100);
    clock.raise(50);

    assertThat(clock.last()).isEqualTo(100);
  }

  @Test
  void orderIsKeptWhateverComes() {
    Seeded.times(
        2000,
        random -> {
          StandbyClock any = new StandbyClock();
          long highest = 0;
          for (int round = 0; round < 5; round++) {
            any.raise(random.nextLong(1000));
            highest = Math.max(highest, any.tick(random.nextLong(1000)));
            any.begin();
            long[] times = random.longs(10, 1, 1000).sorted().toArray();
            long[] stamps = Arrays.stream(times).map(any::stamp).toArray();
            for (int i = 0; i < 10; i++) {
              assertThat(stamps[i]).isGreaterThan(highest).isGreaterThanOrEqualTo(times[i]);
              assertThat(i == 0 || (times[i] == times[i - 1]) == (stamps[i] == stamps[i - 1]))
                  .isTrue();
              assertThat(i == 0 || stamps[i] >= stamps[i - 1]).isTrue();
            }
            highest = stamps[9];
          }
        });
  }

  @Test
  @Timeout(30)
  void twoTasksThatHoldTheSameClocksNeverWaitInACircle() throws Exception {
    StandbyClocks clocks = new StandbyClocks();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                t ->
                    new Thread(
                        () -> {
                          try {
                            go.await();
                            for (int i = 0; i < 2000; i++) {
                              clocks
                                  .hold(t % 2 == 0 ? List.of("a", "b") : List.of("b", "a"))
                                  .close();
                            }
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
