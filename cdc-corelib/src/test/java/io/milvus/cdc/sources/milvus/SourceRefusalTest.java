package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.auth.Permission;
import io.grpc.netty.GrpcSslContexts;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.store.EtcdServer;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.Pem;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a session makes of a real etcd that stops letting it read. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("refusing etcd")
class SourceRefusalTest {
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

  private static ByteSequence bytes(String text) {
    return EtcdConnection.bytes(text);
  }

  private static MilvusSource.Builder at(String etcd) {
    return at(EtcdEndpoint.at(etcd));
  }

  private static MilvusSource.Builder at(EtcdEndpoint etcd) {
    return MilvusSource.builder().etcd(etcd).pulsar("pulsar://127.0.0.1:1");
  }

  private static Throwable failure(SourceSession session) {
    return catchThrowable(session::sync);
  }

  @Test
  void aRightOrALoginThatIsTakenAwayIsARefusal() throws Exception {
    try (Client plain = Client.builder().endpoints(server.endpoint()).build()) {
      Auth auth = plain.getAuthClient();
      auth.userAdd(bytes("root"), bytes("root")).get();
      auth.userGrantRole(bytes("root"), bytes("root")).get();
      auth.roleAdd(bytes("reading")).get();
      auth.roleGrantPermission(
              bytes("reading"), bytes("by-dev/"), bytes("by-dev0"), Permission.Type.READ)
          .get();
      auth.userAdd(bytes("cdc"), bytes("right")).get();
      auth.userGrantRole(bytes("cdc"), bytes("reading")).get();
      auth.authEnable().get();
    }
    try (Client root =
            Client.builder()
                .endpoints(server.endpoint())
                .user(bytes("root"))
                .password(bytes("root"))
                .build();
        SourceSession session =
            at(EtcdEndpoint.at(server.endpoint()).login("cdc", "right")).build().open("t")) {
      Auth auth = root.getAuthClient();
      session.sync();

      auth.userRevokeRole(bytes("cdc"), bytes("reading")).get();
      assertThat(failure(session))
          .isInstanceOf(SourceRefusedException.class)
          .hasMessageContainingAll(
              "user 'cdc'", "permission denied", "permission to read the prefix");
      auth.userGrantRole(bytes("cdc"), bytes("reading")).get();
      session.sync();

      auth.userChangePassword(bytes("cdc"), bytes("other")).get();
      assertThat(failure(session))
          .isInstanceOf(SourceRefusedException.class)
          .hasMessageContainingAll("refuses user 'cdc'", "Check the user and the password");
      auth.userChangePassword(bytes("cdc"), bytes("right")).get();
      session.sync();
      auth.authDisable().get();
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsToldFromAnEtcdThatIsAway(@TempDir Path directory)
      throws Exception {
    Pem theirs = Pem.make(directory, "127.0.0.1");
    Pem others = Pem.make(directory, "elsewhere");
    try (FakeMilvus server =
            new FakeMilvus(
                GrpcSslContexts.forServer(theirs.certificate().toFile(), theirs.key().toFile())
                    .build());
        SourceSession strange =
            at(EtcdEndpoint.at(server.uri().replace("http:", "https:")).trust(others.certificate()))
                .build()
                .open("a");
        SourceSession away = at("http://127.0.0.1:1").build().open("b")) {
      // Both wait for etcd.
      CompletableFuture<Throwable> refused = CompletableFuture.supplyAsync(() -> failure(strange));
      assertThat(failure(away))
          .isInstanceOf(RetriableException.class)
          .isNotInstanceOf(SourceRefusedException.class);
      assertThat(refused.get(60, TimeUnit.SECONDS))
          .isInstanceOf(SourceRefusedException.class)
          .hasMessageContainingAll("not trusted", "Set the trusted certificates for etcd");
    }
  }
}
