package io.milvus.cdc.store;

import static io.milvus.cdc.store.CheckpointContract.checkpoint;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Run as a process of its own, given a store: obeys orders about task {@code t}, one a line, and
 * answers each with a line.
 */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private OtherProcess(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one.
   *
   * @param store {@code file} and a directory, {@code etcd} and an endpoint, or {@code jdbc} and an
   *     address
   */
  static OtherProcess on(String... store) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName()));
    command.addAll(Arrays.asList(store));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      // One that is frozen would not notice that we are gone.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new OtherProcess(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives an order and waits for the answer. */
  String tell(String order) {
    send(order);
    return answer();
  }

  void send(String order) {
    try {
      process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String answer() {
    try {
      return String.valueOf(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void freeze() {
    ServerProcess.signal(process.toHandle(), "STOP");
  }

  void thaw() {
    ServerProcess.signal(process.toHandle(), "CONT");
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  // ---- in the other process ----

  public static void main(String[] args) throws Exception {
    CheckpointStore store = CheckpointStore.in(store(args));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    CheckpointClaim claim = null;
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      String said = "done";
      try {
        switch (words[0]) {
          case "claim" -> claim = store.claim("t");
          case "save" -> claim.save(checkpoint(Long.parseLong(words[1])));
          case "owned" -> claim.requireOwned();
          case "close" -> claim.close();
          default -> said = "what?";
        }
      } catch (AlreadyOwnedException e) {
        said = "refused";
      } catch (StaleOwnerException e) {
        said = "stale";
      } catch (RuntimeException e) {
        said = e.toString();
      }
      System.out.println(said);
    }
    // Whoever gave the orders has gone.
    Runtime.getRuntime().halt(0);
  }

  private static Store store(String... args) {
    return switch (args[0]) {
      case "file" -> FileStore.at(Path.of(args[1]));
      case "etcd" ->
          EtcdStore.builder().etcd(args[1]).prefix(args[2]).lease(lease(args[3])).build();
      default ->
          JdbcStore.builder(new Addressed(args[1]))
              .tablePrefix(args[2])
              .lease(lease(args[3]))
              .build();
    };
  }

  private static Duration lease(String text) {
    return Duration.parse(text);
  }
}
