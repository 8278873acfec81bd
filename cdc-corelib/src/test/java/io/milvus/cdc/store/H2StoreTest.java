package io.milvus.cdc.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("h2")
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
