package io.milvus.cdc.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An etcd of its own, or one member of a cluster. The program is that of the local stack, which
 * downloads it if need be.
 */
public final class EtcdServer extends ServerProcess {
  private static final Path STACK = Path.of("../cdc-examples/local-stack/stack.py");

  private final Path program = program();
  private final String peer = "http://127.0.0.1:" + freePort();
  private final String name = "at-" + port;

  /** The members of its cluster, as etcd wants to be told. */
  private String cluster = name + "=" + peer;

  /** Starts several members of one cluster, which must be closed. */
  public static List<EtcdServer> cluster(int size) {
    List<EtcdServer> members = Stream.generate(EtcdServer::new).limit(size).toList();
    String all = members.stream().map(one -> one.cluster).collect(Collectors.joining(","));
    members.forEach(member -> member.cluster = all);
    startAll(members);
    return members;
  }

  /** Starts members that answer only when most of their cluster is there. */
  public static void startAll(List<EtcdServer> members) {
    members.forEach(EtcdServer::launch);
    members.forEach(EtcdServer::awaitReady);
  }

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
    return List.of(
        program.toString(),
        "--name=" + name,
        "--data-dir=" + home.resolve("data"),
        "--listen-client-urls=" + endpoint(),
        "--advertise-client-urls=" + endpoint(),
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=" + cluster);
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
