package io.milvus.cdc.store;

import io.milvus.cdc.error.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What databases say differently. */
enum SqlDialect {
  H2(
      "VARCHAR(255)",
      "CHARACTER LARGE OBJECT",
      "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)",
      "SET WRITE_DELAY 0",
      "CHECKPOINT SYNC"),
  POSTGRESQL(
      "VARCHAR(255)",
      "TEXT",
      "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)",
      null,
      null),
  /** Its texts compare without regard to case unless told, and hold 64 kB unless long. */
  MYSQL(
      "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
      "LONGTEXT",
      "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000",
      null,
      null);

  final String key;
  final String text;

  /**
   * What has a commit written before it returns, where that is not so anyway. A thread in the
   * background may still hold what H2's CHECKPOINT takes for written.
   */
  final @Nullable String prompt;

  /** What makes a commit survive a crash, where the commit itself does not. */
  final @Nullable String force;

  /** The database's own clock, in milliseconds since 1970. */
  final String now;

  SqlDialect(String key, String text, String now, @Nullable String prompt, @Nullable String force) {
    this.key = key;
    this.text = text;
    this.now = now;
    this.prompt = prompt;
    this.force = force;
  }

  static SqlDialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      case "MySQL", "MariaDB" -> MYSQL;
      default ->
          throw new ConfigException(
              "Texts cannot be kept in %s. Give a PostgreSQL, MySQL, MariaDB or H2."
                  .formatted(product));
    };
  }
}
