package io.milvus.cdc.store;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EtcdStoreTest extends SharedStoreContract {
  private static EtcdServer server;

  @BeforeAll
  static void startIt() {
    server = new EtcdServer();
    server.start();
  }

  @AfterAll
  static void stopIt() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  ServerProcess server() {
    return server;
  }

  @Override
  Store open(Duration lease) {
    return EtcdStore.builder().etcd(server.endpoint()).prefix(prefix).lease(lease).build();
  }

  @Override
  OtherProcess otherProcess(Duration lease) {
    return OtherProcess.on("etcd", server.endpoint(), prefix, lease.toString());
  }
}
