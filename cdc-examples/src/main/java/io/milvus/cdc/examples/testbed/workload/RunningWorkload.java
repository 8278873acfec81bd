package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.internal.client.MilvusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
  private volatile Pace pace;
  private final boolean stopOnError;
  private final Tally tally = new Tally();
  private final List<Thread> threads = new ArrayList<>();
  private final SplittableRandom random;

  /** Held for reading by each step, and for writing by a pause. */
  private final ReentrantReadWriteLock pauses = new ReentrantReadWriteLock(true);

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
        stepUnlessPaused(worker);
      }
    } catch (InterruptedException e) {
      stopped = true;
    } catch (RuntimeException e) {
      failure = e;
      stopped = true;
    }
  }

  private void stepUnlessPaused(Worker worker) throws InterruptedException {
    pauses.readLock().lockInterruptibly();
    try {
      if (!pace.waits(tally.rows())) {
        attempt(worker);
      }
    } finally {
      pauses.readLock().unlock();
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

  /**
   * Waits until so many rows are written.
   *
   * @throws TimeoutException if that takes longer
   * @throws MilvusException if an error ended it
   */
  public void awaitRows(long count, Duration atMost) throws InterruptedException, TimeoutException {
    long giveUp = System.nanoTime() + atMost.toNanos();
    while (tally.rows() < count) {
      if (!running() || System.nanoTime() > giveUp) {
        stop();
        throw new TimeoutException("%s has not written %d rows".formatted(this, count));
      }
      Thread.sleep(20);
    }
  }

  /** Stops it for a while, after the pending requests. The same thread must resume it. */
  public void pause() {
    pauses.writeLock().lock();
  }

  /**
   * Ends a pause.
   *
   * @param rowsPerSecond the highest number of rows a second from now on; 0 for no limit
   */
  public void resume(double rowsPerSecond) {
    pace = new Pace(rowsPerSecond, tally.rows());
    pauses.writeLock().unlock();
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
