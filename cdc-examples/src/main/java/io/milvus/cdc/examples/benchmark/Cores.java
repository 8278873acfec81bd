package io.milvus.cdc.examples.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gives the target a core for itself, and all else the others. Where everything shares all cores,
 * whoever uses one takes it from the target; apart, it shows whether the target waits for CDC or
 * CDC for the target. Needs {@code taskset}, which Linux has.
 */
final class Cores {
  private static final int FIRST = 0;

  private Cores() {}

  /** Keeps this process, and what it will start, off the target's core. */
  static void leaveTheFirst() throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    if (cores < 2) {
      throw new IllegalStateException("The target cannot have a core for itself: there is one.");
    }
    pin(ProcessHandle.current(), FIRST + 1 + "-" + (cores - 1));
  }

  static void giveTheFirst(ProcessHandle target) throws InterruptedException {
    pin(target, Integer.toString(FIRST));
  }

  private static void pin(ProcessHandle process, String cores) throws InterruptedException {
    List<String> command =
        List.of("taskset", "-a", "-c", "-p", cores, Long.toString(process.pid()));
    try {
      Process taskset =
          new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (taskset.waitFor() != 0) {
        throw new IllegalStateException(
            String.join(" ", command)
                + ": "
                + new String(taskset.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "The command taskset is missing; it is part of util-linux.", e);
    }
  }
}
