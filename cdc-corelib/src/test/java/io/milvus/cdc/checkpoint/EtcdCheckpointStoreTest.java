package io.milvus.cdc.checkpoint;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EtcdCheckpointStoreTest extends SharedStoreContract {
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
  CheckpointStore open(Duration lease) {
    return EtcdCheckpointStore.builder().etcd(server.endpoint()).prefix(prefix).lease(lease).build();
  }

  @Override
  OtherProcess otherProcess(Duration lease) {
    return OtherProcess.on("etcd", server.endpoint(), prefix, lease.toString());
  }
}
