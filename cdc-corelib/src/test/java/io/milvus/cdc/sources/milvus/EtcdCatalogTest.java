package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import io.milvus.cdc.proto.meta.DatabaseInfo;
import io.milvus.cdc.proto.meta.DatabaseState;
import io.milvus.cdc.store.EtcdServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real etcd. */
class EtcdCatalogTest {
  private static final int ROUNDS = 100;

  private static EtcdServer server;

  private EtcdConnection etcd;
  private EtcdCatalog catalog;

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

  @BeforeEach
  void open() {
    etcd =
        EtcdConnection.open(EtcdEndpoint.at(server.endpoint()), Keyspace.ofMilvus("by-dev/meta/"));
    catalog = new EtcdCatalog(etcd, "by-dev/meta/");
  }

  @AfterEach
  void close() {
    catalog.close();
    etcd.close();
  }

  private void put(int id, String name) throws InterruptedException {
    DatabaseInfo info =
        DatabaseInfo.newBuilder()
            .setId(id)
            .setName(name)
            .setState(DatabaseState.DATABASE_STATE_CREATED)
            .build();
    etcd.put("by-dev/meta/root-coord/database/db-info/" + id, info.toByteString().toStringUtf8());
  }

  @Test
  void whatIsInEtcdBeforeItIsAskedIsInTheAnswer() throws Exception {
    for (int id = 1; id <= ROUNDS; id++) {
      put(id, "made");
      assertThat(catalog.sync().databases().get((long) id).name()).isEqualTo("made");
      put(id, "changed");
      assertThat(catalog.sync().databases().get((long) id).name()).isEqualTo("changed");
    }
  }
}
