package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.event.HybridTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenersTest {
  private final List<Long> heard = Collections.synchronizedList(new ArrayList<>());
  private final CdcListener good =
      new CdcListener() {
        @Override
        public void checkpointed(String task, HybridTime watermark) {
          heard.add(watermark.value());
        }
      };
  private Listeners listeners = new Listeners(List.of(), Thread::new);

  @AfterEach
  void end() {
    listeners.close();
  }

  private void listen(CdcListener... all) {
    listeners = new Listeners(List.of(all), Thread::new);
  }

  private void tell(long watermark) {
    listeners.tell(listener -> listener.checkpointed("t", new HybridTime(watermark)));
  }

  @Test
  void callsComeInOrder() {
    listen(good);
    for (long i = 0; i < 100; i++) {
      tell(i);
    }
    await().until(() -> heard.size() == 100);

    assertThat(heard).isSorted();
  }

  @Test
  void aListenerThatThrowsIsToldAgainAndHarmsNobody() {
    List<Long> tried = Collections.synchronizedList(new ArrayList<>());
    listen(
        new CdcListener() {
          @Override
          public void checkpointed(String task, HybridTime watermark) {
            tried.add(watermark.value());
            throw new IllegalStateException("on purpose");
          }
        },
        good);
    tell(1);
    tell(2);
    await().until(() -> heard.size() == 2);

    assertThat(tried).containsExactly(1L, 2L);
  }

  @Test
  void evenAnErrorStaysWithItsListener() {
    listen(
        new CdcListener() {
          @Override
          public void checkpointed(String task, HybridTime watermark) {
            throw new NoSuchMethodError("on purpose");
          }
        },
        good);
    tell(1);
    tell(2);

    await().until(() -> heard.size() == 2);
  }

  @Test
  void aListenerThatBlocksHoldsUpNobodyWhoTells() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    listen(
        new CdcListener() {
          @Override
          public void checkpointed(String task, HybridTime watermark) {
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        },
        good);
    for (long i = 0; i < 50_000; i++) {
      tell(i);
    }
    gate.countDown();
    await().until(() -> heard.size() > 5000);

    assertThat(heard.size()).isLessThan(50_000);
  }

  @Test
  void withoutListenersThereIsNoThread() {
    Thread[] made = new Thread[1];
    try (Listeners none =
        new Listeners(
            List.of(),
            work -> {
              made[0] = new Thread(work);
              return made[0];
            })) {
      none.tell(listener -> {});
      assertThat(made[0] == null || made[0].getState() == Thread.State.NEW).isTrue();
    }
  }
}
