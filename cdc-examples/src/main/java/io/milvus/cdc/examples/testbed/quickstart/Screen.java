package io.milvus.cdc.examples.testbed.quickstart;

import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.examples.testbed.workload.Written;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Prints the output for the person at the terminal. */
final class Screen {
  private final PrintStream out;
  private final long began = System.nanoTime();
  private long rowsBefore;
  private long before = began;

  Screen(PrintStream out) {
    this.out = out;
  }

  void headline(String text) {
    out.printf("%n== %s%n", text);
  }

  void line(String text) {
    out.println("   " + text);
  }

  /** Prints the state of both sides, with the rate since the last call. */
  void progress(Written written, TaskStatus status) {
    long now = System.nanoTime();
    long replicated = status.counters().inserted();
    double rate = (replicated - rowsBefore) / Math.max(1e-3, (now - before) / 1e9);
    before = now;
    rowsBefore = replicated;
    out.printf(
        "   %4d s | source %,9d rows written | target %,9d rows, %,7d deletes, %3d changes of"
            + " catalog | %,7.0f rows/s | lag %s%s%n",
        Duration.ofNanos(now - began).toSeconds(),
        written.rows(),
        replicated,
        status.counters().deleted(),
        status.counters().schemaChanges(),
        rate,
        lag(status.lag()),
        trouble(status));
  }

  private static String lag(@Nullable Duration lag) {
    return lag == null ? "unknown" : "%.1f s".formatted(lag.toMillis() / 1e3);
  }

  private static String trouble(TaskStatus status) {
    TaskStatus.Retry retry = status.retry();
    if (status.reason() != null) {
      return " | " + status.state() + ": " + status.reason();
    }
    return retry == null ? "" : " | retrying: " + retry.cause();
  }
}
