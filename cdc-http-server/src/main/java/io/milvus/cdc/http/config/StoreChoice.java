package io.milvus.cdc.http.config;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a server keeps its tasks, and how far each has come. */
public sealed interface StoreChoice {
  /** Whether several servers can have it, of which one is at work and the others stand by. */
  default boolean shared() {
    return true;
  }

  /** Files of this machine. */
  record Files(Path directory) implements StoreChoice {
    @Override
    public boolean shared() {
      return false;
    }
  }

  /**
   * An etcd.
   *
   * @param prefix of all keys
   * @param lease how long after the death of the server at work another one waits, at most
   */
  record Etcd(EtcdEndpoint endpoint, String prefix, Duration lease) implements StoreChoice {}

  /**
   * A database that Java can reach.
   *
   * @param url of JDBC, without credentials
   * @param prefix of all tables
   */
  record Database(
      String url, String prefix, @Nullable String user, @Nullable Secret password, Duration lease)
      implements StoreChoice {}
}
