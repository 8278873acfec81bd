package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for answers that are no longer needed. A request of a failed session must not arrive after
 * the requests of the next session, which sends the same rows again.
 */
final class LastAnswers {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private LastAnswers() {}

  /** Returns when each request has an answer or a failure. Cancels them after five seconds. */
  static void await(List<? extends Future<?>> answers) {
    long end = System.nanoTime() + LONGEST_NANOS;
    for (Future<?> answer : answers) {
      try {
        long left = Math.max(0, end - System.nanoTime());
        var unused = Uninterruptibles.getUninterruptibly(answer, left, TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException e) {
        answer.cancel(true);
      }
    }
  }
}
