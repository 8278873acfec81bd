package io.milvus.cdc.store;

import io.milvus.cdc.error.CdcException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates and describes the table. Thread-safe. */
final class SqlTable {
  /** The states by which databases report a missing table. */
  private static final Set<String> MISSING = Set.of("42P01", "42S02", "42S03", "42S04");

  private final SqlCalls sql;
  private final String name;
  private volatile @Nullable SqlDialect dialect;

  SqlTable(SqlCalls sql, String name) {
    this.sql = sql;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Creates the table, unless it exists. */
  void create() {
    if (exists()) {
      return;
    }
    SqlDialect known = dialect();
    try {
      sql.update(
          "create table " + name,
          ("CREATE TABLE %s (name %s NOT NULL PRIMARY KEY, owner VARCHAR(255), fence BIGINT NOT NULL,"
                  + " leased_until BIGINT NOT NULL, packed %s)")
              .formatted(name, known.key, known.text));
    } catch (CdcException e) {
      // Another process may have created it meanwhile.
      if (!exists()) {
        throw e;
      }
    }
  }

  /** Forces a commit under a name to disk, if committing alone does not. */
  void force(String row) {
    String statement = dialect().force;
    if (statement != null) {
      sql.update("force '%s' to disk".formatted(row), statement.formatted(name), row);
    }
  }

  /**
   * Returns whether the table exists. Does not use the database's catalog, which lists other
   * schemas, too.
   */
  boolean exists() {
    return sql.run(
        "find table " + name,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT name FROM %s WHERE 1 = 0".formatted(name)).close();
            return true;
          } catch (SQLException e) {
            if (MISSING.contains(String.valueOf(e.getSQLState()))) {
              return false;
            }
            throw e;
          }
        });
  }

  /** Returns the kind of database. */
  SqlDialect dialect() {
    SqlDialect known = dialect;
    if (known == null) {
      known = sql.run("report its kind", SqlDialect::of);
      dialect = known;
    }
    return known;
  }
}
