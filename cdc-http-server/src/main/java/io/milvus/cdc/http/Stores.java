package io.milvus.cdc.http;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.config.StoreChoice;
import io.milvus.cdc.store.EtcdStore;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.store.JdbcStore;
import io.milvus.cdc.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Holds the two stores of a server: for its tasks, and for their checkpoints.
 *
 * @param connection the connection of both stores; closed last
 */
record Stores(Store tasks, Store checkpoints, AutoCloseable connection) implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final long CONNECT_MILLIS = 5_000;

  /** Opens the stores of the configuration. Contacts nothing yet. */
  static Stores of(StoreChoice choice) {
    if (choice instanceof StoreChoice.Etcd etcd) {
      EtcdStore tasks = etcd(etcd, "/server");
      EtcdStore checkpoints = etcd(etcd, "/checkpoints");
      return new Stores(
          tasks,
          checkpoints,
          () -> {
            tasks.close();
            checkpoints.close();
          });
    } else if (choice instanceof StoreChoice.Database database) {
      return of(database);
    }
    StoreChoice.Files files = (StoreChoice.Files) choice;
    return new Stores(
        FileStore.at(files.directory()),
        FileStore.at(files.directory().resolve("checkpoints")),
        () -> {});
  }

  private static EtcdStore etcd(StoreChoice.Etcd choice, String part) {
    return EtcdStore.builder()
        .etcd(choice.endpoint())
        .prefix(choice.prefix() + part)
        .lease(choice.lease())
        .build();
  }

  private static String text(@Nullable Secret secret) {
    return secret == null ? "" : secret.value();
  }

  private static Stores of(StoreChoice.Database choice) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(choice.url());
    config.setUsername(choice.user());
    config.setPassword(text(choice.password()));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setPoolName("cdc-store");
    // An unreachable database is noticed on the first query, and is retried then.
    config.setInitializationFailTimeout(-1);
    HikariDataSource pool = new HikariDataSource(config);
    JdbcStore tasks = jdbc(pool, choice, "server_");
    JdbcStore checkpoints = jdbc(pool, choice, "");
    return new Stores(
        tasks,
        checkpoints,
        () -> {
          tasks.close();
          checkpoints.close();
          pool.close();
        });
  }

  private static JdbcStore jdbc(HikariDataSource pool, StoreChoice.Database choice, String part) {
    return JdbcStore.builder(pool)
        .tablePrefix(choice.prefix() + part)
        .lease(choice.lease())
        .build();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (Exception e) {
      throw new IllegalStateException("A store did not close", e);
    }
  }
}
