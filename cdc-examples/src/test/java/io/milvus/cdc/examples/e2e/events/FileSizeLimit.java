package io.milvus.cdc.examples.e2e.events;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How large a process may make its files: a write beyond that fails, as one on a full disk. */
final class FileSizeLimit {
  private static final String COMMAND = "prlimit";

  private FileSizeLimit() {}

  /** Limits a process that runs already. Skips the test where that cannot be done. */
  static void set(ProcessHandle process, long bytes) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND))),
        "The command prlimit, which comes with util-linux, is not installed");
    int code =
        new ProcessBuilder(COMMAND, "--pid", Long.toString(process.pid()), "--fsize=" + bytes)
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new AssertionError("prlimit ended with " + code);
    }
  }
}
