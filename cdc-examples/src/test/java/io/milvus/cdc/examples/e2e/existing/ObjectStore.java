package io.milvus.cdc.examples.e2e.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.examples.testbed.stack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A SeaweedFS of its own: an object storage with the API of S3, and one user. */
final class ObjectStore implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Ports are free only by chance, so a start can fail. */
  private static final int TRIES = 3;

  private static final String USERS =
      """
      {"identities": [{"name": "%s", "actions": ["Admin", "Read", "List", "Write"],
        "credentials": [{"accessKey": "%s", "secretKey": "%s"}]}]}
      """;

  private final Process process;
  private final int port;

  private ObjectStore(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static ObjectStore start(String user, String secret) {
    for (int tries = 1; ; tries++) {
      try {
        return begin(user, secret);
      } catch (IOException e) {
        assertThat(tries).as(e.getMessage()).isLessThan(TRIES);
      }
    }
  }

  private static ObjectStore begin(String user, String secret) throws IOException {
    Path program = LocalStack.install("seaweedfs").resolve("weed");
    Path home = Files.createTempDirectory("cdc-objects-");
    Path users = Files.writeString(home.resolve("users.json"), USERS.formatted(user, user, secret));
    int master = freePort();
    int s3 = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "server",
                "-dir=" + home,
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                "-master.telemetry=false",
                "-filer",
                "-s3",
                "-filer.localSocket=" + home.resolve("filer.sock"),
                "-s3.localSocket=" + home.resolve("s3.sock"),
                "-s3.config=" + users,
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                "-master.port=" + master,
                "-s3.port=" + s3));
    for (String other :
        List.of(
            "master.port.grpc",
            "volume.port",
            "volume.port.grpc",
            "filer.port",
            "filer.port.grpc",
            "s3.port.grpc")) {
      command.add("-%s=%d".formatted(other, freePort()));
    }
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    await().atMost(SOON).until(() -> !started.isAlive() || isReady(master));
    if (!started.isAlive()) {
      throw new IOException("The object storage has ended. Read " + home.resolve("log"));
    }
    return new ObjectStore(started, s3);
  }

  /** Returns a port below those that connections get by chance. */
  private static int freePort() throws IOException {
    for (int port = 10_000 + (int) (Math.random() * 10_000); ; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        if (port > 30_000) {
          throw e;
        }
      }
    }
  }

  /** It assigns a place only if it can store something. */
  private static boolean isReady(int master) {
    URI assign = URI.create("http://127.0.0.1:%d/dir/assign".formatted(master));
    try (var answer = assign.toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("fid");
    } catch (IOException e) {
      return false;
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
