package io.milvus.cdc.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server's program that the local stack downloads if need be. */
final class StackProgram {
  private static final Path STACK = Path.of("../cdc-examples/local-stack/stack.py");

  private StackProgram() {}

  /** Returns the program, or skips the test if it cannot be downloaded. */
  static Path of(String software, String program) {
    try {
      Process install =
          new ProcessBuilder("python3", STACK.toString(), "install", software)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(
          install.waitFor() == 0,
          "No %s: `python3 %s install %s` fails".formatted(software, STACK, software));
      return Path.of(said.trim(), program);
    } catch (IOException e) {
      assumeTrue(false, "No %s: install Python 3.9 or later. %s".formatted(software, e));
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
