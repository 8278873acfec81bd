package io.milvus.cdc.http.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program that tries a server by its description. It is written in Python. */
public final class Schemathesis {
  private static final Path VERSIONS = Path.of("src", "test", "resources", "schemathesis.txt");
  private static final int INSTALL_SECONDS = 180;

  private final Path program;

  private Schemathesis(Path program) {
    this.program = program;
  }

  /** What a program said, and how it ended. */
  public record Said(int status, String text) {}

  /** Installs it in the project's cache, once. Skips the test where that cannot be done. */
  public static Schemathesis install() throws Exception {
    Path home = cache().resolve("schemathesis");
    Path program = home.resolve("bin").resolve("schemathesis");
    Path done = home.resolve("versions.txt");
    String versions = Files.readString(VERSIONS);
    if (!Files.isRegularFile(done) || !Files.readString(done).equals(versions)) {
      Files.createDirectories(home.getParent());
      step(home.getParent(), "python3", "-m", "venv", "--clear", home.toString());
      step(
          home,
          "bin/python",
          "-m",
          "pip",
          "install",
          "--quiet",
          "--disable-pip-version-check",
          "--requirement",
          VERSIONS.toAbsolutePath().toString());
      Files.writeString(done, versions);
    }
    return new Schemathesis(program);
  }

  private static Path cache() {
    String configured = System.getenv("MILVUS_CDC_CACHE");
    return configured == null || configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "milvus-cdc")
        : Path.of(configured);
  }

  private static void step(Path directory, String... command) throws Exception {
    Said said;
    try {
      Path log = Files.createTempFile("schemathesis", ".log");
      said = run(directory, log, INSTALL_SECONDS, Map.of(), List.of(command));
      Files.delete(log);
    } catch (IOException e) {
      said = new Said(-1, String.valueOf(e.getMessage()));
    }
    assumeTrue(
        said.status() == 0,
        "Schemathesis cannot be installed, so nothing was fuzzed: " + said.text());
  }

  /** Runs it in a directory, which it fills with what it likes to keep. */
  public Said run(Path directory, int seconds, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return run(
        directory,
        directory.resolve("schemathesis.log"),
        seconds,
        Map.of("PYTHONHASHSEED", "0", "COLUMNS", "120"),
        command);
  }

  private static Said run(
      Path directory, Path log, int seconds, Map<String, String> environment, List<String> command)
      throws Exception {
    List<String> found = new ArrayList<>(command);
    // ProcessBuilder looks for relative programs in our own directory.
    if (found.get(0).contains("/")) {
      found.set(0, directory.resolve(found.get(0)).toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(found)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      String text = Files.readString(log, StandardCharsets.UTF_8);
      return ended
          ? new Said(process.exitValue(), text)
          : new Said(-1, "Not done after %d s.%n%s".formatted(seconds, text));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
