package io.milvus.cdc.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An etcd of its own; the program is that of the local stack, which downloads it if need be. */
public final class EtcdServer extends ServerProcess {
  private static final Path STACK = Path.of("../cdc-examples/local-stack/stack.py");

  private final Path program = program();
  private final int peers = freePort();

  private static Path program() {
    try {
      Process install =
          new ProcessBuilder("python3", STACK.toString(), "install", "etcd")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(
          install.waitFor() == 0, "No etcd: `python3 %s install etcd` fails".formatted(STACK));
      return Path.of(said.trim(), "etcd");
    } catch (IOException e) {
      return assumeAbsent(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path assumeAbsent(IOException e) {
    assumeTrue(false, "No etcd: install Python 3.9 or later. " + e);
    throw new UncheckedIOException(e);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  List<String> command() {
    String peer = "http://127.0.0.1:" + peers;
    return List.of(
        program.toString(),
        "--name=one",
        "--data-dir=" + home.resolve("data"),
        "--listen-client-urls=" + endpoint(),
        "--advertise-client-urls=" + endpoint(),
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=one=" + peer);
  }

  @Override
  boolean ready() {
    try (var answer = URI.create(endpoint() + "/health").toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("\"true\"");
    } catch (IOException e) {
      return false;
    }
  }
}
