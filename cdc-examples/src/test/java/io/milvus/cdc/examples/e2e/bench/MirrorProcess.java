package io.milvus.cdc.examples.e2e.bench;

import io.milvus.cdc.examples.testbed.mirror.MirrorProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A {@link MirrorProgram}, or another program, in a process of its own, to be killed. */
public final class MirrorProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private MirrorProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static MirrorProcess start(Map<String, String> settings, Path log, String... jvmOptions) {
    return start(MirrorProgram.class, "mirror.", settings, log, jvmOptions);
  }

  /** Starts a program whose settings are system properties of this prefix. */
  public static MirrorProcess start(
      Class<?> program,
      String prefix,
      Map<String, String> settings,
      Path log,
      String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(jvmOptions));
    settings.forEach((name, value) -> command.add("-D" + prefix + name + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return start(command, log);
  }

  public static MirrorProcess start(List<String> command, Path log) {
    try {
      Files.writeString(log, "--- started\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new MirrorProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Waits until the process says this, since it was started. */
  public void awaitOutput(String text, Duration atMost) throws InterruptedException {
    awaitOutput(Pattern.compile(Pattern.quote(text)), atMost);
  }

  /** Waits until the process says something like this, since it was started. */
  public void awaitOutput(Pattern text, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!text.matcher(output()).find()) {
      if (System.nanoTime() > deadline || !alive()) {
        throw new AssertionError("The program did not say '%s':%n%s".formatted(text, output()));
      }
      Thread.sleep(20);
    }
  }

  /** Waits until the process ends by itself. */
  public void awaitEnd(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("The program still runs after %s:%n%s".formatted(atMost, output()));
    }
  }

  /** What it has said since it was started. */
  public String output() {
    try {
      String all = Files.readString(log);
      return all.substring(all.lastIndexOf("--- started"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
