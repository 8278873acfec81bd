package io.milvus.cdc.examples.testbed.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reserves a core for the target, and leaves the remaining cores to all other processes. If all
 * processes share all cores, each uses CPU that the target lacks. With separate cores, the
 * benchmark shows whether the target waits for CDC or CDC for the target. Needs {@code taskset},
 * which Linux has.
 */
final class Cores {
  private static final int FIRST = 0;

  private Cores() {}

  /** Excludes this process, and the processes that it will start, from the target's core. */
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
