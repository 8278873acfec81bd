package io.milvus.cdc.internal.engine;

import io.milvus.cdc.CdcListener;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls listeners on a thread of their own, so that none can delay or break a task. */
final class Listeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final int WAITING_CALLS = 10_000;

  private final List<CdcListener> listeners;
  private final BlockingQueue<Consumer<CdcListener>> calls =
      new ArrayBlockingQueue<>(WAITING_CALLS);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread thread;

  Listeners(List<CdcListener> listeners, ThreadFactory factory) {
    this.listeners = List.copyOf(listeners);
    this.thread = factory.newThread(this::deliver);
    thread.setName("cdc-listeners");
    if (!this.listeners.isEmpty()) {
      thread.start();
    }
  }

  void tell(Consumer<CdcListener> call) {
    if (!listeners.isEmpty() && !calls.offer(call)) {
      leftOut.incrementAndGet();
    }
  }

  private void deliver() {
    try {
      while (true) {
        Consumer<CdcListener> call = calls.take();
        long missed = leftOut.getAndSet(0);
        if (missed > 0) {
          LOG.warn("Listeners are too slow. Skipped calls: {}", missed);
        }
        listeners.forEach(listener -> call(listener, call));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Calls one listener. Logs anything that it throws, errors included. */
  private static void call(CdcListener listener, Consumer<CdcListener> call) {
    try {
      call.accept(listener);
    } catch (Throwable e) {
      LOG.warn("Listener {} threw. It still receives the next event", listener, e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
