package io.milvus.cdc.store;

import io.milvus.cdc.error.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Holds the differences between databases. */
enum SqlDialect {
  H2(
      "VARCHAR(255)",
      "CHARACTER LARGE OBJECT",
      "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)",
      h2Force()),
  POSTGRESQL(
      "VARCHAR(255)", "TEXT", "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)", null),
  /** Texts compare without regard to case by default, and hold 64 kB unless they are LONGTEXT. */
  MYSQL(
      "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
      "LONGTEXT",
      "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000",
      null);

  final String key;
  final String text;

  /**
   * The statement that forces a commit to disk, for a table and a name; null if a commit survives a
   * crash.
   */
  final @Nullable String force;

  /** The expression of the database's own clock, in milliseconds since 1970. */
  final String now;

  SqlDialect(String key, String text, String now, @Nullable String force) {
    this.key = key;
    this.text = text;
    this.now = now;
    this.force = force;
  }

  /**
   * Forces a commit of H2, which commits to memory; its CHECKPOINT writes. After a kill, H2
   * searches for its last write from the header of its file. It may miss a write into a gap: the
   * header is written before H2 knows of the gap, and only once in 20 writes
   * (RandomAccessStore.shouldWriteStoreHeader of 2.2 to 2.5). So more than 20 writes follow, which
   * move the header past the commit.
   */
  private static String h2Force() {
    return "UPDATE %1$s SET fence = fence WHERE name = ?1; CHECKPOINT; ".repeat(22)
        + "CHECKPOINT SYNC";
  }

  static SqlDialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      case "MySQL", "MariaDB" -> MYSQL;
      default ->
          throw new ConfigException(
              "Texts cannot be stored in %s.".formatted(product),
              "Use a PostgreSQL, MySQL, MariaDB or H2.");
    };
  }
}
