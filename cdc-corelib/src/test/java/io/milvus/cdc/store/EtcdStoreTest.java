package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("etcd")
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

  private interface Work<T> {
    T with(EtcdConnection etcd) throws Exception;
  }

  private <T> T byHand(Work<T> work) throws Exception {
    try (EtcdConnection etcd =
        EtcdConnection.open(EtcdEndpoint.at(server.endpoint()), Keyspace.ours(prefix + "/"))) {
      return work.with(etcd);
    }
  }

  private List<String> keys() throws Exception {
    return byHand(etcd -> etcd.names(prefix + "/"));
  }

  private void put(String key, String value) throws Exception {
    byHand(
        etcd -> {
          etcd.put(prefix + "/" + key, value);
          return null;
        });
  }

  @Test
  void nothingIsLeftOfADeletedTask() throws Exception {
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(big(10, noise(3_000_000)));
      claim.delete();
    }
    assertThat(keys()).isEmpty();
  }

  @Test
  void nothingIsLeftOfEarlierCheckpoints() throws Exception {
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(big(1, noise(3_000_000)));
      claim.save(big(1, noise(2_000_000)));
      assertThat(keys()).filteredOn(key -> key.startsWith("part/")).hasSizeBetween(2, 3);
      put("part/t/0-0/0", "left by an owner that was killed");
      claim.save(checkpoint(1));
      assertThat(keys()).containsExactlyInAnyOrder("text/t", "lease/t", "owner/t");
    }
    assertThat(keys()).containsExactly("text/t");
  }

  @Test
  void damageIsNeverAnEmptyStart() throws Exception {
    try (CheckpointClaim claim = store.claim("t")) {
      for (String damage : List.of("", "H4sI", "nonsense!", "@gone/2")) {
        put("text/t", damage);
        assertThatThrownBy(claim::load)
            .as(damage)
            .isInstanceOf(CorruptCheckpointException.class)
            .hasMessageContaining("'t'");
        assertThatThrownBy(() -> store.read("t")).isInstanceOf(CorruptCheckpointException.class);
      }
      claim.save(checkpoint(1));
      assertThat(claim.load()).contains(checkpoint(1));
    }
  }

  @Test
  void aClosedStoreHasGivenItsTasksUp() {
    EtcdStore other = (EtcdStore) open(Lease.USUAL);
    Claim claim = other.claim("t");
    other.close();
    other.close();
    assertThatThrownBy(claim::requireOwned).hasMessageContaining("released");
    store.claim("t").close();
  }

  @Test
  void whatCannotWorkIsRefused() {
    EtcdStore.Builder builder = EtcdStore.builder();
    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set etcd");
    assertThatThrownBy(() -> builder.lease(Duration.ofMillis(1999)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("PT1.999S");
    assertThatThrownBy(() -> builder.prefix("")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> EtcdStore.at("here:2379")).isInstanceOf(ConfigException.class);
  }

  @Test
  void anEtcdThatCannotBeUsedIsAnErrorThatSaysWhere() {
    try (EtcdStore absent =
        EtcdStore.builder()
            .etcd(
                EtcdEndpoint.at("http://127.0.0.1:" + ServerProcess.freePort())
                    .login("anna", "secret-word"))
            .lease(Duration.ofSeconds(2))
            .build()) {
      assertThatThrownBy(() -> absent.claim("t"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("127.0.0.1")
          .hasMessageNotContaining("secret-word");
      assertThatThrownBy(() -> absent.read("t")).isInstanceOf(CheckpointException.class);
      assertThatThrownBy(absent::names).isInstanceOf(CheckpointException.class);
      assertThat(absent.toString()).contains("milvus-cdc", "127.0.0.1").doesNotContain("secret");
    }
  }

  @Test
  void aLoginThatEtcdDoesNotTakeIsAnErrorThatSaysSo() {
    try (EtcdStore refused =
        EtcdStore.builder()
            .etcd(EtcdEndpoint.at(server.endpoint()).login("anna", "secret-word"))
            .build()) {
      assertThatThrownBy(() -> refused.claim("t"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("the password for etcd")
          .hasMessageNotContaining("secret-word");
    }
  }
}
