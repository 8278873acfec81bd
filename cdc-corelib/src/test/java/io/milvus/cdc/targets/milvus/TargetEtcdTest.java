package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.store.EtcdServer;
import io.milvus.cdc.testkit.FakeMilvus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a target is told, and tells, by its etcd. */
@Timeout(60)
@ResourceLock("etcd")
class TargetEtcdTest {
  private static final String SWITCH = "by-dev/config/common/ttMsgEnabled";
  private static EtcdServer server;

  private final FakeMilvus milvus = new FakeMilvus();

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

  @AfterEach
  void end() {
    milvus.close();
  }

  private static EtcdConnection etcd() {
    return EtcdConnection.open(
        EtcdEndpoint.at(server.endpoint()), Keyspace.ofMilvus("by-dev/meta/"));
  }

  private MilvusTarget target() {
    return MilvusTarget.builder().uri(milvus.uri()).etcd(server.endpoint()).build();
  }

  private List<String> found() throws InterruptedException {
    return target().check().findings().stream().map(Finding::message).toList();
  }

  @Test
  void aTargetThatReportsNoVersionHasThatOfItsSession() throws Exception {
    milvus.version("");
    assertThat(found()).anyMatch(message -> message.startsWith("The target reports no version."));

    try (EtcdConnection etcd = etcd()) {
      etcd.put("by-dev/meta/session/rootcoord", "{\"Version\":\"2.5.15\",\"LeaseID\":7}");
    }
    assertThat(found())
        .noneMatch(message -> message.contains("no version"))
        .anyMatch(message -> message.startsWith("The target is Milvus 2.5.15"));
  }

  /** A promotion that the target did not follow must not take effect at its next restart. */
  @Test
  void takingBackAStandbyClearsWhatAPromotionHasWritten() throws Exception {
    try (EtcdConnection etcd = etcd()) {
      etcd.put(SWITCH, "true");

      target().demote();

      assertThat(etcd.value(SWITCH)).isEqualTo(Optional.of("false"));
    }
  }
}
