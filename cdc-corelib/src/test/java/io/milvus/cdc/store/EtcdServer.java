package io.milvus.cdc.store;

import java.io.IOException;
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
  private final Path program = StackProgram.of("etcd", "etcd");
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
