package io.milvus.cdc.store;

import io.milvus.cdc.error.CdcException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of a database that has one row for each name, and its statements. Thread-safe. */
final class TextTable {
  /** Under these, databases say that there is no such table. */
  private static final Set<String> MISSING = Set.of("42P01", "42S02", "42S03", "42S04");

  private final SqlCalls sql;
  final String table;
  private volatile @Nullable SqlDialect dialect;

  TextTable(SqlCalls sql, String table) {
    this.sql = sql;
    this.table = table;
  }

  /** Makes it, unless it is there. */
  void create() {
    if (exists()) {
      return;
    }
    SqlDialect known = dialect();
    try {
      update(
          "create table " + table,
          ("CREATE TABLE %s (name %s NOT NULL PRIMARY KEY, owner VARCHAR(255), fence BIGINT NOT NULL,"
                  + " leased_until BIGINT NOT NULL, packed %s)")
              .formatted(table, known.key, known.text));
    } catch (CdcException e) {
      // Another may have made it meanwhile.
      if (!exists()) {
        throw e;
      }
    }
  }

  /** Not by the catalog of the database, which knows more schemas than the one we are in. */
  boolean exists() {
    return sql.run(
        "look for table " + table,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT name FROM %s WHERE 1 = 0".formatted(table)).close();
            return true;
          } catch (SQLException e) {
            if (MISSING.contains(String.valueOf(e.getSQLState()))) {
              return false;
            }
            throw e;
          }
        });
  }

  private SqlDialect dialect() {
    SqlDialect known = dialect;
    if (known == null) {
      known = sql.run("tell its kind", SqlDialect::of);
      dialect = known;
    }
    return known;
  }

  /**
   * Takes a name that nobody owns. Repeating it does no harm.
   *
   * @return the fence, or 0 where another owns the name
   */
  long take(String name, String owner, long millis) {
    String now = dialect().now;
    int taken =
        update(
            "take '%s'".formatted(name),
            "UPDATE %s SET owner = ?, fence = fence + 1, leased_until = %s + ? WHERE name = ? AND (owner IS NULL OR owner = ? OR leased_until < %s)"
                .formatted(table, now, now),
            owner,
            millis,
            name,
            owner);
    if (taken == 0 && !has(name)) {
      insert(name, owner, millis);
    }
    return fence(name, owner);
  }

  private boolean has(String name) {
    return !sql.texts("find '%s'".formatted(name), select("name", ""), name).isEmpty();
  }

  private void insert(String name, String owner, long millis) {
    sql.run(
        "add '%s'".formatted(name),
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  "INSERT INTO %s (name, owner, fence, leased_until) VALUES (?, ?, 1, %s + ?)"
                      .formatted(table, dialect().now))) {
            statement.setString(1, name);
            statement.setString(2, owner);
            statement.setLong(3, millis);
            return statement.executeUpdate();
          } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("23")) {
              // Another was first.
              return 0;
            }
            throw e;
          }
        });
  }

  /** Who owns the name, or did when its lease passed. */
  Optional<String> owner(String name) {
    return sql.text(
        "tell who owns '%s'".formatted(name), select("owner", " AND owner IS NOT NULL"), name);
  }

  /** The fence of a name that is still this owner's, or 0. */
  long fence(String name, String owner) {
    return sql.text(
            "tell the fence of '%s'".formatted(name),
            select("fence", " AND owner = ?"),
            name,
            owner)
        .map(Long::parseLong)
        .orElse(0L);
  }

  Optional<String> packed(String name) {
    return sql.text("read '%s'".formatted(name), select("packed", " AND packed IS NOT NULL"), name);
  }

  List<String> names() {
    return sql.texts(
        "list the names", "SELECT name FROM %s WHERE packed IS NOT NULL".formatted(table));
  }

  private String select(String column, String condition) {
    return "SELECT %s FROM %s WHERE name = ?%s".formatted(column, table, condition);
  }

  boolean renew(String name, String owner, long millis) {
    return change(name, "leased_until = %s + ?".formatted(dialect().now), "", millis, name, owner);
  }

  boolean moveFence(String name, String owner) {
    return change(name, "fence = fence + 1", "", name, owner);
  }

  /** Each write is another fence, so that one that comes late finds none. */
  boolean write(String name, String owner, long fence, @Nullable String packed) {
    return packed == null
        ? change(name, "fence = fence + 1, packed = NULL", " AND fence = ?", name, owner, fence)
        : change(
            name, "fence = fence + 1, packed = ?", " AND fence = ?", packed, name, owner, fence);
  }

  private boolean change(String name, String what, String condition, Object... values) {
    String statement =
        "UPDATE %s SET %s WHERE name = ? AND owner = ?%s".formatted(table, what, condition);
    return update("write '%s'".formatted(name), statement, values) > 0;
  }

  /** Owned by nobody; where there is no text, nothing is left. */
  void release(String name, String owner) {
    update(
        "remove '%s'".formatted(name),
        "DELETE FROM %s WHERE name = ? AND owner = ? AND packed IS NULL".formatted(table),
        name,
        owner);
    change(name, "fence = fence + 1, owner = NULL", "", name, owner);
  }

  private int update(String doing, String statement, Object... values) {
    return sql.update(doing, statement, values);
  }
}
