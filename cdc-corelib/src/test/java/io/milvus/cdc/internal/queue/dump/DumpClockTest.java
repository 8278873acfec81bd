package io.milvus.cdc.internal.queue.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a silent channel is asked how far it is complete. Contacts nothing. */
class DumpClockTest {
  private final MilvusRpc rpc = MilvusRpc.connect(MilvusEndpoint.at("http://127.0.0.1:1"));
  private final DumpClock clock = new DumpClock(rpc);

  @AfterEach
  void close() {
    rpc.close();
  }

  private static long ago(long seconds) {
    return System.nanoTime() - TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aChannelThatWasJustAskedIsNotAskedAgainAlthoughAnotherIsAhead() {
    clock.saw(10);

    assertThat(clock.dueIn(9, System.nanoTime())).isPositive();
    assertThat(clock.dueIn(9, ago(1))).isNotPositive();
  }

  @Test
  void manyIdleChannelsAreAskedLessOftenUnlessOneIsAhead() {
    for (int i = 0; i < 5_000; i++) {
      clock.add(new AtomicInteger(i)::incrementAndGet);
    }

    assertThat(clock.dueIn(9, ago(10))).as("none has messages").isPositive();
    assertThat(clock.dueIn(9, ago(100))).isNotPositive();
    clock.saw(10);
    assertThat(clock.dueIn(9, ago(10))).as("another is ahead").isNotPositive();
    assertThat(clock.dueIn(10, ago(10))).as("none is ahead of this").isPositive();
  }

  @Test
  void aReaderIsWokenWhenAnotherChannelHasAMessage() throws Exception {
    AtomicInteger woken = new AtomicInteger();
    Runnable reader = woken::incrementAndGet;
    clock.add(reader);
    clock.saw(10);
    assertThat(woken).hasValue(1);

    Thread.sleep(20);
    clock.saw(10);
    assertThat(woken).as("nothing new").hasValue(1);
    clock.remove(reader);
    clock.saw(11);
    assertThat(woken).hasValue(1);
  }
}
