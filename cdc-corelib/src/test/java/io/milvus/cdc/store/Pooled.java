package io.milvus.cdc.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Hands out connections again, so that a statement may wait at a server that is frozen. */
final class Pooled extends Addressed {
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  Pooled(String address) {
    super(address);
  }

  @Override
  public Connection getConnection() throws SQLException {
    for (Connection next = idle.poll(); next != null; next = idle.poll()) {
      if (!next.isClosed()) {
        return lent(next);
      }
    }
    return lent(super.getConnection());
  }

  private Connection lent(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Pooled.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                idle.push(connection);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
