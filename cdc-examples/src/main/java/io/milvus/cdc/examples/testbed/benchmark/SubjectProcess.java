package io.milvus.cdc.examples.testbed.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs a {@link Subject} in a process of its own, with a heap of 256 MB, and reads its output. */
final class SubjectProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LOOK_MILLIS = 5;
  private static final int CLOSE_SECONDS = 20;

  private final Process process;
  private final Map<String, String> said = new ConcurrentHashMap<>();
  private final Map<String, Long> most = new ConcurrentHashMap<>();
  private final Curve rows = new Curve();

  private SubjectProcess(Process process) {
    this.process = process;
  }

  static SubjectProcess start(Map<String, String> mirror, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m"));
    command.addAll(jvmOptions);
    mirror.forEach((name, value) -> command.add("-Dmirror." + name + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Subject.class.getName()));
    try {
      SubjectProcess subject =
          new SubjectProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
      Thread listener = new Thread(subject::listen, "subject");
      listener.setDaemon(true);
      listener.start();
      return subject;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      said.put("reason", e.toString());
    }
  }

  private void hear(String line) {
    if (line.contains(" WARN ") || line.contains(" ERROR ")) {
      System.out.println("   > " + line);
    }
    if (!line.startsWith("state=") && !line.startsWith("heap=")) {
      return;
    }
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        note(word.substring(0, equals), word.substring(equals + 1));
      }
    }
  }

  private void note(String name, String value) {
    said.put(name, value);
    String digits = value.replaceAll("\\D", "");
    if (!digits.isEmpty() && digits.length() < 19) {
      most.merge(name, Long.parseLong(digits), Math::max);
    }
    if (name.equals("rows")) {
      rows.reach(Double.parseDouble(value));
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Returns the highest number that it printed under this name. */
  long most(String name) {
    return most.getOrDefault(name, 0L);
  }

  /** Returns the number of rows that the target has acknowledged, since the process was started. */
  Curve rows() {
    return rows;
  }

  void awaitRunning() throws InterruptedException {
    await("run", () -> "RUNNING".equals(said.get("state")));
  }

  /** Waits until a copy of existing rows has reached a phase, or is done. */
  void awaitCopy(String phase) throws InterruptedException {
    await(
        "copy: " + phase, () -> phase.equals(said.get("copy")) || "DONE".equals(said.get("copy")));
  }

  void awaitRows(long wanted) throws InterruptedException {
    await("have %d rows".formatted(wanted), () -> most("rows") >= wanted);
  }

  /** Waits until the target has nearly caught up with the source. */
  void awaitNear(Duration lag) throws InterruptedException {
    await(
        "catch up",
        () ->
            "RUNNING".equals(said.get("state"))
                && !"unknown".equals(said.get("lag"))
                && Long.parseLong(said.getOrDefault("lag", "").replaceAll("\\D", ""))
                    < lag.toMillis());
  }

  /** Waits until the process has reached a condition. */
  void await(String what, BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException("The task does not %s: %s".formatted(what, said));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Kills the process by SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Stops the process, and waits for files that it writes at its end, such as a recording. */
  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }
}
