package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real server in a directory of its own that tests may stop, continue and kill. */
abstract class ServerProcess implements AutoCloseable {
  final Path home;
  final int port = freePort();
  private final Thread hook = new Thread(this::end);
  private Process process;

  ServerProcess() {
    try {
      home = Files.createTempDirectory("cdc-server-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What starts it in the foreground, and again after it was killed. */
  abstract List<String> command();

  /** Whether it answers. */
  abstract boolean ready();

  public ServerProcess start() {
    launch();
    return awaitReady();
  }

  /** Starts it without waiting for it. */
  final void launch() {
    try {
      process =
          new ProcessBuilder(command())
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final ServerProcess awaitReady() {
    String log = log().toString();
    Awaitility.await(log)
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> !process.isAlive() || accepts() && ready());
    assertThat(process.isAlive()).as(log).isTrue();
    return this;
  }

  private Path log() {
    return home.resolve("log");
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public void freeze() {
    all().forEach(one -> signal(one, "STOP"));
  }

  public void thaw() {
    all().forEach(one -> signal(one, "CONT"));
  }

  private Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  public void kill() {
    List<ProcessHandle> whole = all().toList();
    whole.forEach(ProcessHandle::destroyForcibly);
    whole.forEach(one -> one.onExit().join());
  }

  void killAndRestart() {
    kill();
    start();
  }

  /** Runs something to its end. */
  void run(String... command) {
    try {
      Process run =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("setup.log").toFile())
              .start();
      assertThat(run.waitFor()).as(Files.readString(home.resolve("setup.log"))).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same command as a user other than root, which servers refuse to run as. */
  List<String> unprivileged(List<String> command) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return command;
    }
    List<String> all =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    all.addAll(command);
    return all;
  }

  void giveHomeAway() {
    if ("root".equals(System.getProperty("user.name"))) {
      run("chown", "-R", "65534:65534", ".");
    }
  }

  static void signal(ProcessHandle process, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static int freePort() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    if (process != null) {
      kill();
    }
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    end();
  }
}
