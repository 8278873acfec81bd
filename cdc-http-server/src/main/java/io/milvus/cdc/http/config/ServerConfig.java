package io.milvus.cdc.http.config;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.sources.milvus.MilvusSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told at its start.
 *
 * @param store where it keeps tasks and checkpoints
 * @param advertise where others find it, if not where it listens
 * @param token what every request must show; null where anybody may come
 * @param tls null for plain HTTP
 * @param insecure whether it is meant to be open to other machines without a token or TLS
 * @param source where changes come from
 * @param sourceApi the address of the source itself; null where it is not given
 * @param targets by name, for tasks that name one
 * @param key encrypts credentials that tasks bring; null if none was given
 * @param replicateChannel the source's replicate channel, which Go clients may name; else null
 * @param memoryBudget bytes of messages for each task; 0 for the engine's default
 * @param logLevel of our own loggers
 * @param ignored names in the file that have no meaning here
 */
public record ServerConfig(
    Listen listen,
    StoreChoice store,
    @Nullable URI advertise,
    @Nullable Secret token,
    @Nullable Tls tls,
    boolean insecure,
    MilvusSource source,
    @Nullable MilvusEndpoint sourceApi,
    Map<String, TargetSpec> targets,
    @Nullable Secret key,
    @Nullable String replicateChannel,
    Limits limits,
    long memoryBudget,
    String logLevel,
    List<String> ignored) {
  public ServerConfig {
    targets = Map.copyOf(targets);
    ignored = List.copyOf(ignored);
  }

  /** Where others find this server, as far as it knows. */
  public URI advertised() {
    return advertise != null
        ? advertise
        : URI.create(
            "%s://%s:%d".formatted(tls == null ? "http" : "https", listen.host(), listen.port()));
  }

  /**
   * Where to listen.
   *
   * @param port 0 for any that is free
   */
  public record Listen(String host, int port) {}

  /**
   * PEM files with the server's certificate and its unencrypted PKCS#8 key; read again when they
   * change.
   */
  public record Tls(Path certificate, Path key) {}

  /**
   * What one server bears.
   *
   * @param tasks at most
   * @param requestBytes of one request's body
   * @param requestsPerSecond of one caller, over a while
   * @param nameLength of databases and collections, in requests of Go clients
   */
  public record Limits(int tasks, int requestBytes, int requestsPerSecond, int nameLength) {
    public static final Limits DEFAULT = new Limits(100, 1 << 20, 100, 256);
  }
}
