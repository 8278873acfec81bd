package io.milvus.cdc.examples.testbed.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs commands of the Python script that controls the stack. */
final class Script {
  private static final String PROPERTY = "cdc.stack.script";
  private static final Path IN_THE_REPO = Path.of("cdc-examples", "local-stack", "stack.py");
  private static final int LINES_OF_A_COMPLAINT = 20;

  private final Path file;

  /** Follow every command. */
  private final List<String> options;

  private Script(Path file, List<String> options) {
    this.file = file;
    this.options = options;
  }

  /**
   * Finds the script: the value of the system property, or the script in the repository around this
   * directory.
   */
  static Script find(String... options) {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return of(Path.of(named), List.of(options));
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.isRegularFile(up.resolve(IN_THE_REPO))) {
        return new Script(up.resolve(IN_THE_REPO), List.of(options));
      }
    }
    throw new StackException(
        "No %s above %s. Run this inside the repository, or name the script with -D%s=<path>."
            .formatted(IN_THE_REPO, Path.of("").toAbsolutePath(), PROPERTY),
        null);
  }

  private static Script of(Path file, List<String> options) {
    if (!Files.isRegularFile(file)) {
      throw new StackException(
          "Script %s does not exist. Correct -D%s.".formatted(file, PROPERTY), null);
    }
    return new Script(file, options);
  }

  /** Runs a command that must succeed, and passes on each line of its output immediately. */
  void run(Consumer<String> lines, String... arguments) {
    List<String> seen = new ArrayList<>();
    int code =
        execute(
            line -> {
              seen.add(line);
              lines.accept(line);
            },
            true,
            arguments);
    if (code != 0) {
      List<String> last =
          seen.subList(Math.max(0, seen.size() - LINES_OF_A_COMPLAINT), seen.size());
      throw new StackException(
          "%s %s ended with code %d:%n%s"
              .formatted(
                  file,
                  String.join(" ", arguments),
                  code,
                  String.join(System.lineSeparator(), last)),
          null);
    }
  }

  /** Returns the output of a command, regardless of its exit code. */
  String output(String... arguments) {
    StringBuilder text = new StringBuilder();
    execute(line -> text.append(line).append('\n'), false, arguments);
    return text.toString();
  }

  private int execute(Consumer<String> lines, boolean withErrors, String... arguments) {
    List<String> command = new ArrayList<>(List.of("python3", file.toString()));
    command.addAll(List.of(arguments));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(withErrors);
    if (!withErrors) {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    builder.environment().put("PYTHONUNBUFFERED", "1");
    Process process = start(builder);
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new StackException("The output of %s cannot be read".formatted(command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while %s ran".formatted(command), e);
    } finally {
      process.destroy();
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new StackException(
          "Python 3 cannot be started as 'python3': %s. Install Python 3.9 or later with pip."
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
