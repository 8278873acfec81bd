package io.milvus.cdc.store;

import io.milvus.cdc.testkit.Pem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A SeaweedFS of its own: an object storage with the API of S3. User {@code writer} may do
 * everything, {@code reader} may read the bucket {@code a-bucket}, {@code guest} may read only
 * {@code guests} in it, and {@code stranger} may read another one. The secret of each is its name
 * with {@code -secret} behind it.
 */
public final class SeaweedServer extends ServerProcess {
  private static final String USERS =
      """
      {"identities": [
        {"name": "writer", "actions": ["Admin", "Read", "List", "Write"],
         "credentials": [{"accessKey": "writer", "secretKey": "writer-secret"}]},
        {"name": "reader", "actions": ["Read:a-bucket", "List:a-bucket"],
         "credentials": [{"accessKey": "reader", "secretKey": "reader-secret"}]},
        {"name": "guest", "actions": ["Read:a-bucket/guests/*", "List:a-bucket/guests/*"],
         "credentials": [{"accessKey": "guest", "secretKey": "guest-secret"}]},
        {"name": "stranger", "actions": ["Read:other", "List:other"],
         "credentials": [{"accessKey": "stranger", "secretKey": "stranger-secret"}]}]}
      """;

  private final Path program = StackProgram.of("seaweedfs", "weed");
  private final int master = quietPort();
  private final Map<String, Integer> calls =
      Stream.of("master", "volume", "filer", "s3")
          .collect(Collectors.toMap(part -> part, part -> quietPort()));
  private final @Nullable Pem pem;

  /** Creates a server without TLS. */
  public SeaweedServer() {
    this(null);
  }

  /** Creates a server with TLS and this certificate. */
  public SeaweedServer(@Nullable Pem pem) {
    this.pem = pem;
    try {
      Files.writeString(home.resolve("users.json"), USERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns one of the ports that connections of other processes do not get by chance. */
  private static int quietPort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Another process has it.
      }
    }
  }

  public String endpoint() {
    return pem == null ? "http://127.0.0.1:" + port : "https://localhost:" + port;
  }

  @Override
  List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "server",
                "-dir=" + home,
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                "-master.telemetry=false",
                "-master.port=" + master,
                "-master.port.grpc=" + calls.get("master"),
                "-volume.port=" + quietPort(),
                "-volume.port.grpc=" + calls.get("volume"),
                "-filer",
                "-filer.port=" + quietPort(),
                "-filer.port.grpc=" + calls.get("filer"),
                "-filer.localSocket=" + home.resolve("filer.sock"),
                "-s3",
                "-s3.localSocket=" + home.resolve("s3.sock"),
                "-s3.port=" + port,
                "-s3.port.grpc=" + calls.get("s3"),
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                "-s3.config=" + home.resolve("users.json")));
    if (pem != null) {
      command.add("-s3.cert.file=" + pem.certificate());
      command.add("-s3.key.file=" + pem.key());
    }
    return command;
  }

  /** Also removes sockets, whose place the program fixes. */
  @Override
  public void kill() {
    super.kill();
    calls.forEach(
        (part, port) -> new File("/tmp/seaweedfs-%s-grpc-%d.sock".formatted(part, port)).delete());
  }

  @Override
  boolean ready() {
    // It assigns a place only if it can store something.
    URI assign = URI.create("http://127.0.0.1:%d/dir/assign".formatted(master));
    try (var answer = assign.toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("fid");
    } catch (IOException e) {
      return false;
    }
  }
}
