package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.internal.client.MilvusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Represents a running workload. Thread-safe. */
public final class RunningWorkload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningWorkload.class);
  private static final Duration AFTER_AN_ERROR = Duration.ofMillis(500);
  private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

  private final long seed;
  private final long rows;
  private final Pace pace;
  private final boolean stopOnError;
  private final Tally tally = new Tally();
  private final List<Thread> threads = new ArrayList<>();
  private final SplittableRandom random;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  RunningWorkload(long seed, long rows, Pace pace, boolean stopOnError) {
    this.seed = seed;
    this.rows = rows;
    this.pace = pace;
    this.stopOnError = stopOnError;
    this.random = new SplittableRandom(seed);
  }

  Owner owner(int number) {
    return new Owner(number, random.split(), tally);
  }

  void begin(Worker worker, int number) {
    Thread thread = new Thread(() -> work(worker), "workload-" + number);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void work(Worker worker) {
    try {
      while (!stopped && tally.rows() < rows) {
        if (!pace.waits(tally.rows())) {
          attempt(worker);
        }
      }
    } catch (InterruptedException e) {
      stopped = true;
    } catch (RuntimeException e) {
      failure = e;
      stopped = true;
    }
  }

  private void attempt(Worker worker) throws InterruptedException {
    try {
      worker.step();
    } catch (MilvusException e) {
      if (stopOnError) {
        throw e;
      }
      tally.errors.increment();
      LOG.debug("The workload continues after an error", e);
      Thread.sleep(AFTER_AN_ERROR.toMillis());
    }
  }

  /** Returns the seed of the random numbers in all its threads. */
  public long seed() {
    return seed;
  }

  /** Returns the work that was done so far. */
  public Written written() {
    return tally.written();
  }

  /** Returns whether it is still writing. */
  public boolean running() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  /**
   * Waits until all rows are written.
   *
   * @throws TimeoutException if that takes longer
   * @throws MilvusException if an error ended it
   */
  public void await(Duration atMost) throws InterruptedException, TimeoutException {
    long giveUp = System.nanoTime() + atMost.toNanos();
    for (Thread thread : threads) {
      thread.join(Math.max(1, (giveUp - System.nanoTime()) / 1_000_000));
      if (thread.isAlive()) {
        throw new TimeoutException(
            "The workload of seed %d has not ended after %s: %s"
                .formatted(seed, atMost, written()));
      }
    }
    RuntimeException ended = failure;
    if (ended != null) {
      throw ended;
    }
  }

  /** Ends it after the pending requests, and waits for these. */
  public void stop() throws InterruptedException, TimeoutException {
    stopped = true;
    await(LONGEST_STEP);
  }

  /** Ends it without waiting. */
  @Override
  public void close() {
    stopped = true;
  }

  @Override
  public String toString() {
    return "Workload[seed=%d, %s]".formatted(seed, written());
  }
}
