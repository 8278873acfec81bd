package io.milvus.cdc.checkpoint;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one for each task. Thread-safe. */
final class CheckpointRows {
  private final SqlCalls sql;
  private final SqlTable table;
  private final String name;

  CheckpointRows(SqlCalls sql, SqlTable table) {
    this.sql = sql;
    this.table = table;
    this.name = table.name();
  }

  /**
   * Takes a task that nobody owns. Repeating it does no harm.
   *
   * @return the fence, or 0 where another owns the task
   */
  long take(String task, String owner, long millis) {
    String now = table.dialect().now;
    int taken =
        update(
            "take task '%s'".formatted(task),
            "UPDATE %s SET owner = ?, fence = fence + 1, leased_until = %s + ? WHERE task = ? AND (owner IS NULL OR owner = ? OR leased_until < %s)"
                .formatted(name, now, now),
            owner,
            millis,
            task,
            owner);
    if (taken == 0 && !has(task)) {
      insert(task, owner, millis);
    }
    return fence(task, owner);
  }

  private boolean has(String task) {
    return !sql.texts("find task '%s'".formatted(task), select("task", ""), task).isEmpty();
  }

  private void insert(String task, String owner, long millis) {
    sql.run(
        "add task '%s'".formatted(task),
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  "INSERT INTO %s (task, owner, fence, leased_until) VALUES (?, ?, 1, %s + ?)"
                      .formatted(name, table.dialect().now))) {
            statement.setString(1, task);
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

  /** Who owns the task, or did when its lease passed. */
  Optional<String> owner(String task) {
    return sql.text(
        "tell who owns task '%s'".formatted(task), select("owner", " AND owner IS NOT NULL"), task);
  }

  /** The fence of a task that is still this owner's, or 0. */
  long fence(String task, String owner) {
    return sql.text(
            "tell the fence of task '%s'".formatted(task),
            select("fence", " AND owner = ?"),
            task,
            owner)
        .map(Long::parseLong)
        .orElse(0L);
  }

  Optional<String> packed(String task) {
    return sql.text(
        "read task '%s'".formatted(task), select("packed", " AND packed IS NOT NULL"), task);
  }

  List<String> tasks() {
    return sql.texts(
        "list the tasks", "SELECT task FROM %s WHERE packed IS NOT NULL".formatted(name));
  }

  private String select(String column, String condition) {
    return "SELECT %s FROM %s WHERE task = ?%s".formatted(column, name, condition);
  }

  boolean renew(String task, String owner, long millis) {
    return change(
        task, "leased_until = %s + ?".formatted(table.dialect().now), "", millis, task, owner);
  }

  boolean moveFence(String task, String owner) {
    return change(task, "fence = fence + 1", "", task, owner);
  }

  /**
   * Replaces the checkpoint, or removes it, and returns when that survives a crash. Each time is
   * another fence, so that one that comes late finds none.
   */
  boolean write(String task, String owner, long fence, @Nullable String packed) {
    boolean written =
        packed == null
            ? change(task, "fence = fence + 1, packed = NULL", " AND fence = ?", task, owner, fence)
            : change(
                task,
                "fence = fence + 1, packed = ?",
                " AND fence = ?",
                packed,
                task,
                owner,
                fence);
    String force = table.dialect().force;
    if (written && force != null) {
      update("force task '%s' to disk".formatted(task), force);
    }
    return written;
  }

  private boolean change(String task, String what, String condition, Object... values) {
    String statement =
        "UPDATE %s SET %s WHERE task = ? AND owner = ?%s".formatted(name, what, condition);
    return update("write task '%s'".formatted(task), statement, values) > 0;
  }

  /** Owned by nobody; where there is no checkpoint, nothing is left. */
  void release(String task, String owner) {
    update(
        "remove task '%s'".formatted(task),
        "DELETE FROM %s WHERE task = ? AND owner = ? AND packed IS NULL".formatted(name),
        task,
        owner);
    change(task, "fence = fence + 1, owner = NULL", "", task, owner);
  }

  private int update(String doing, String statement, Object... values) {
    return sql.update(doing, statement, values);
  }
}
