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
 * Holds the configuration of a server.
 *
 * @param store the store of tasks and checkpoints
 * @param advertise the address for other machines, if it differs from the listen address
 * @param token the token that every request needs; null if none is needed
 * @param tls null for plain HTTP
 * @param insecure whether other machines may connect without a token or TLS
 * @param source the source of changes
 * @param sourceApi the address of the source itself; null if it is not set
 * @param targets the targets that tasks can choose by name
 * @param key encrypts the credentials of tasks; null if it is not set
 * @param replicateChannel the source's replicate channel, which Go clients may name; otherwise null
 * @param memoryBudget the bytes of messages for each task; 0 for the engine's default
 * @param logLevel the level of our own loggers
 * @param ignored the names in the file that have no meaning here
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

  /** Returns the address at which other machines reach this server, as far as it is known. */
  public URI advertised() {
    return advertise != null
        ? advertise
        : URI.create(
            "%s://%s:%d".formatted(tls == null ? "http" : "https", listen.host(), listen.port()));
  }

  /**
   * Holds the listen address.
   *
   * @param port the port; 0 for any free port
   */
  public record Listen(String host, int port) {}

  /**
   * Names PEM files with the server's certificate and its unencrypted PKCS#8 key. They are read
   * again when they change.
   */
  public record Tls(Path certificate, Path key) {}

  /**
   * Limits the load of one server.
   *
   * @param tasks the highest number of tasks
   * @param requestBytes the highest number of bytes in one request's body
   * @param requestsPerSecond the highest average rate of one caller
   * @param nameLength the longest name of a database or collection in requests of Go clients
   */
  public record Limits(int tasks, int requestBytes, int requestsPerSecond, int nameLength) {
    public static final Limits DEFAULT = new Limits(100, 1 << 20, 100, 256);
  }
}
