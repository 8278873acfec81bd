package io.milvus.cdc.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used so far, as Linux tells it. */
record Usage(double cpuSeconds, double residentMegabytes, double peakMegabytes) {
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

  private static double megabytes(String status, String name) {
    return status
            .lines()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }
}
