package io.milvus.cdc.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of a table, one for each name. Thread-safe. */
final class TextRows {
  private final SqlCalls sql;
  private final SqlTable table;
  private final String into;

  TextRows(SqlCalls sql, SqlTable table) {
    this.sql = sql;
    this.table = table;
    this.into = table.name();
  }

  /**
   * Takes a name without an owner. Repeating it does no harm.
   *
   * @return the fence, or 0 if another owner has the name
   */
  long take(String name, String owner, long millis) {
    String now = table.dialect().now;
    int taken =
        update(
            "claim '%s'".formatted(name),
            "UPDATE %s SET owner = ?, fence = fence + 1, leased_until = %s + ? WHERE name = ? AND (owner IS NULL OR owner = ? OR leased_until < %s)"
                .formatted(into, now, now),
            owner,
            millis,
            name,
            owner);
    if (taken == 0 && !has(name)) {
      insert(name, owner, millis);
    }
    long fence = fence(name, owner);
    if (fence > 0) {
      table.force(name);
    }
    return fence;
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
                      .formatted(into, table.dialect().now))) {
            statement.setString(1, name);
            statement.setString(2, owner);
            statement.setLong(3, millis);
            return statement.executeUpdate();
          } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("23")) {
              // Another owner was first.
              return 0;
            }
            throw e;
          }
        });
  }

  /** Returns the owner of the name, even if its lease has expired. */
  Optional<String> owner(String name) {
    return sql.text(
        "read the owner of '%s'".formatted(name), select("owner", " AND owner IS NOT NULL"), name);
  }

  /** Returns the fence of a name that this owner still has, or 0. */
  long fence(String name, String owner) {
    return sql.text(
            "read the fence of '%s'".formatted(name),
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
        "list the names", "SELECT name FROM %s WHERE packed IS NOT NULL".formatted(into));
  }

  private String select(String column, String condition) {
    return "SELECT %s FROM %s WHERE name = ?%s".formatted(column, into, condition);
  }

  boolean renew(String name, String owner, long millis) {
    return change(
        name, "leased_until = %s + ?".formatted(table.dialect().now), "", millis, name, owner);
  }

  boolean moveFence(String name, String owner) {
    return change(name, "fence = fence + 1", "", name, owner);
  }

  /**
   * Replaces the text, or removes it, and returns when that survives a crash. Each write changes
   * the fence, so that a late write finds none.
   */
  boolean write(String name, String owner, long fence, @Nullable String packed) {
    boolean written =
        packed == null
            ? change(name, "fence = fence + 1, packed = NULL", " AND fence = ?", name, owner, fence)
            : change(
                name,
                "fence = fence + 1, packed = ?",
                " AND fence = ?",
                packed,
                name,
                owner,
                fence);
    if (written) {
      table.force(name);
    }
    return written;
  }

  private boolean change(String name, String what, String condition, Object... values) {
    String statement =
        "UPDATE %s SET %s WHERE name = ? AND owner = ?%s".formatted(into, what, condition);
    return update("write '%s'".formatted(name), statement, values) > 0;
  }

  /** Releases the name. If there is no text, the row is removed. */
  void release(String name, String owner) {
    update(
        "remove '%s'".formatted(name),
        "DELETE FROM %s WHERE name = ? AND owner = ? AND packed IS NULL".formatted(into),
        name,
        owner);
    change(name, "fence = fence + 1, owner = NULL", "", name, owner);
  }

  private int update(String doing, String statement, Object... values) {
    return sql.update(doing, statement, values);
  }
}
