package io.milvus.cdc.store;

import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.RetriableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Runs statements, each on a connection of its own that it returns, each in its own transaction.
 */
final class SqlCalls {
  /** Faults that waiting does not cure: data, login, database, schema, statement or permission. */
  private static final Set<String> FOR_PEOPLE = Set.of("0A", "22", "28", "3D", "3F", "42");

  private final DataSource database;
  private final int patienceMillis;

  /**
   * Creates calls of one database.
   *
   * @param patience how long a statement may take
   */
  SqlCalls(DataSource database, Duration patience) {
    this.database = database;
    this.patienceMillis = Math.toIntExact(patience.toMillis());
  }

  /** An action on a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Runs the action, and distinguishes passing faults from faults that need an operator. */
  <T> T run(String doing, Work<T> work) {
    try {
      return raw(work);
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  private <T> T raw(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      boolean automatic = connection.getAutoCommit();
      if (!automatic) {
        connection.setAutoCommit(true);
      }
      int before = limit(connection);
      try {
        return work.with(connection);
      } finally {
        // Pools lend the same connection to other users.
        if (!connection.isClosed()) {
          restore(connection, automatic, before);
        }
      }
    }
  }

  /** Bounds the wait for an answer, if the driver can. Returns the former limit, or -1. */
  private int limit(Connection connection) throws SQLException {
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, patienceMillis);
      return before;
    } catch (SQLFeatureNotSupportedException e) {
      return -1;
    }
  }

  private static void restore(Connection connection, boolean automatic, int limit)
      throws SQLException {
    if (limit >= 0) {
      connection.setNetworkTimeout(Runnable::run, limit);
    }
    if (!automatic) {
      connection.setAutoCommit(false);
    }
  }

  private static RuntimeException failure(String doing, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    boolean forPeople = state.length() >= 2 && FOR_PEOPLE.contains(state.substring(0, 2));
    return forPeople
        ? new CheckpointException(
            "The database does not let us %s: %s (SQL state %s)."
                .formatted(doing, e.getMessage(), state),
            "Correct the cause, then resume.",
            e)
        : new RetriableException(
            "The database did not %s: %s (SQL state %s).".formatted(doing, e.getMessage(), state),
            "Check that it is up and can be reached.",
            e);
  }

  /** Returns the number of rows that a statement changed. */
  int update(String doing, String sql, Object... values) {
    return run(
        doing,
        connection -> {
          try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
          }
        });
  }

  /** Returns the first column of every row. */
  List<String> texts(String doing, String sql, Object... values) {
    return run(
        doing,
        connection -> {
          try (PreparedStatement statement = prepared(connection, sql, values);
              ResultSet rows = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
              texts.add(rows.getString(1));
            }
            return texts;
          }
        });
  }

  /** Returns the first column of the only row, or empty if there is no row, or null in it. */
  Optional<String> text(String doing, String sql, Object... values) {
    return texts(doing, sql, values).stream().findFirst();
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
