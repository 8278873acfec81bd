package io.milvus.cdc.http.config;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Selects the store of a server's tasks and their checkpoints. */
public sealed interface StoreChoice {
  /**
   * Returns whether several servers can share the store. One of them is active at a time; the
   * remaining servers stand by.
   */
  default boolean shared() {
    return true;
  }

  /** Selects files of this machine. */
  record Files(Path directory) implements StoreChoice {
    @Override
    public boolean shared() {
      return false;
    }
  }

  /**
   * Selects an etcd.
   *
   * @param prefix the prefix of all keys
   * @param lease the longest time for which another server waits after the active server's death
   */
  record Etcd(EtcdEndpoint endpoint, String prefix, Duration lease) implements StoreChoice {}

  /**
   * Selects a database with a JDBC driver.
   *
   * @param url a JDBC URL without credentials
   * @param prefix the prefix of all table names
   */
  record Database(
      String url, String prefix, @Nullable String user, @Nullable Secret password, Duration lease)
      implements StoreChoice {}
}
