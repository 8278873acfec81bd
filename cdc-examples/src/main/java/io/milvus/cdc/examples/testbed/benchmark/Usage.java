package io.milvus.cdc.examples.testbed.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Holds the resources that a process has used so far, as Linux reports them. */
record Usage(double cpuSeconds, double residentMegabytes, double peakMegabytes) {
  /**
   * Positions in the first line of {@code /proc/stat}. The time of guests is also part of the
   * users' time.
   */
  private static final int IDLE = 3;

  private static final int WAITING = 4;
  private static final int WITHOUT_GUESTS = 8;
  private static final double TICKS_A_SECOND = 100;

  static Usage of(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      String text = Files.readString(status);
      return new Usage(
          process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
          megabytes(text, "VmRSS:"),
          megabytes(text, "VmHWM:"));
    } catch (IOException e) {
      throw new UncheckedIOException(status + " cannot be read", e);
    }
  }

  /** Returns the CPU time of all processes of the machine. It reveals other active processes. */
  static double machineSeconds() {
    Path stat = Path.of("/proc/stat");
    try (Stream<String> lines = Files.lines(stat)) {
      List<Long> ticks =
          Stream.of(lines.findFirst().orElseThrow().split(" +", -1))
              .skip(1)
              .map(Long::valueOf)
              .toList();
      return ticks.stream().limit(WITHOUT_GUESTS).mapToLong(Long::longValue).sum() / TICKS_A_SECOND
          - (ticks.get(IDLE) + ticks.get(WAITING)) / TICKS_A_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(stat + " cannot be read", e);
    }
  }

  private static double megabytes(String status, String name) {
    return status
            .lines()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }
}
