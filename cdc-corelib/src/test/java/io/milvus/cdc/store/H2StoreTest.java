package io.milvus.cdc.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Alone: where the machine is busy, an H2 that is killed may lose a table for all that it forced.
 */
@Isolated
class H2StoreTest extends SqlStoreContract {
  private static SqlServer server;

  @BeforeAll
  static void startIt() {
    server = new SqlServer.H2();
    server.start();
  }

  @AfterAll
  static void stopIt() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  SqlServer server() {
    return server;
  }
}
