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
      h2Force()),
  POSTGRESQL(
      "VARCHAR(255)", "TEXT", "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)", null),
  /** Its texts compare without regard to case unless told, and hold 64 kB unless long. */
  MYSQL(
      "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
      "LONGTEXT",
      "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000",
      null);

  final String key;
  final String text;

  /**
   * What makes a commit survive a crash, where the commit itself does not: for a table and a name.
   */
  final @Nullable String force;

  /** The database's own clock, in milliseconds since 1970. */
  final String now;

  SqlDialect(String key, String text, String now, @Nullable String force) {
    this.key = key;
    this.text = text;
    this.now = now;
    this.force = force;
  }

  /**
   * H2 commits to memory; its CHECKPOINT writes. When it is killed, it looks for what it wrote last
   * from the header of its file, and may miss what went into a gap: the header is written before it
   * knows of that, and only once in 20 writes (RandomAccessStore.shouldWriteStoreHeader of 2.2 to
   * 2.5). So more than 20 writes follow, which bring the header past what is to survive.
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
              "Texts cannot be kept in %s.".formatted(product),
              "Give a PostgreSQL, MySQL, MariaDB or H2.");
    };
  }
}
