package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MilvusTargetTest {
  private static final String SECRET = "s3cr3t";
  private final FakeMilvus milvus = new FakeMilvus();

  @AfterEach
  void end() {
    milvus.close();
  }

  private MilvusTarget target() {
    return MilvusTarget.builder()
        .milvus(MilvusEndpoint.at(milvus.uri()).token("root:" + SECRET))
        .build();
  }

  private List<Finding> found() throws InterruptedException {
    return target().check().findings();
  }

  private static String blocking(MilvusTarget target) throws InterruptedException {
    List<Finding> blocking =
        target.check().findings().stream().filter(Finding::isBlocking).toList();
    assertThat(blocking).hasSize(1);
    return blocking.get(0).message();
  }

  @Test
  void aStandbyPassesTheCheckAndNothingIsLeftBehind() throws Exception {
    assertThat(found()).isEmpty();

    assertThat(milvus.replicated()).isEmpty();
    assertThat(milvus.rows().ticks()).isEmpty();
  }

  @Test
  void anOrdinaryInstanceIsRefusedWithTheCure() throws Exception {
    milvus.standby(false);

    assertThat(found()).hasSize(1);
    assertThat(found().get(0).what()).contains(milvus.uri());
    assertThat(found().get(0).cure()).contains("common.ttMsgEnabled: false", "clientWrites");
  }

  /** All of 2.5 looks at the channel's name before it looks at its own mode. */
  @ParameterizedTest
  @ValueSource(strings = {"2.3.5", "2.5.15"})
  void anOrdinaryMilvusOfAnyVersionIsToldFromAStandby(String version) throws Exception {
    milvus.version(version);
    assertThat(found()).noneMatch(Finding::isBlocking);
    assertThat(blocking(ordinary())).contains("is a standby");

    milvus.standby(false);
    assertThat(blocking(target())).contains("no standby");
    assertThat(ordinary().check().findings()).noneMatch(Finding::isBlocking);
    assertThat(milvus.replicated()).isEmpty();
  }

  @Test
  void aTargetThatDoesNotSayWhetherItIsAStandbyCountsAsNeither() throws Exception {
    milvus.fail("ReplicateMessage", Fault.code(1, "not ready"), Fault.code(1, "not ready"));

    assertThat(blocking(target())).contains("does not say", "not ready");
    assertThatThrownBy(() -> target().promote(5)).isInstanceOf(RetriableException.class);
  }

  @Test
  void wrongCredentialsAreNamedAsTheReason() throws Exception {
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNAUTHENTICATED));

    assertThat(blocking(target())).contains("token");
  }

  @Test
  void aMilvusThatKnowsNoReplicationIsNamedAsTheReason() throws Exception {
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNIMPLEMENTED));

    assertThat(blocking(target())).contains("2.3 to 2.5", "clientWrites");
  }

  @Test
  void aMilvusThatIsTooNewForAStandbyIsProposedToGetClientWrites() throws Exception {
    milvus.version("3.0.1");

    assertThat(blocking(target())).contains("Milvus 3.0.1", "clientWrites");
  }

  private MilvusTarget ordinary() {
    return MilvusTarget.builder().uri(milvus.uri()).clientWrites().build();
  }

  @Test
  void theMeaningOfClientWritesIsReported() throws Exception {
    milvus.standby(false);

    List<Finding> found = ordinary().check().findings();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).severity()).isEqualTo(Finding.Severity.NOTE);
    assertThat(found.get(0).message())
        .contains("TTL", "rows with one key in a partition, only the last remains");
    assertThat(ordinary().promote(5)).isEmpty();
    assertThat(ordinary().demote()).isZero();
  }

  @Test
  void aNewerMilvusGetsClientWritesThoughItKnowsNoStandby() throws Exception {
    milvus.version("2.6.1");
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNIMPLEMENTED));

    assertThat(ordinary().check().findings())
        .extracting(Finding::severity)
        .containsExactly(Finding.Severity.WARNING, Finding.Severity.NOTE);
  }

  @Test
  void aMilvusLiteIsKnown() throws Exception {
    milvus.version("milvus_lite-3.2.2");
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNIMPLEMENTED));

    List<Finding> found = ordinary().check().findings();

    assertThat(found).noneMatch(Finding::isBlocking).hasSize(2);
    assertThat(found.get(0).message()).contains("Milvus Lite (milvus_lite-3.2.2)", "no shards");
  }

  @Test
  void aStandbyThatIsToGetClientWritesIsRefusedWithTheCure() throws Exception {
    assertThat(blocking(ordinary())).contains("is a standby", "common.ttMsgEnabled: true");
  }

  @Test
  void settingsOfAStandbyAreRefusedForClientWrites() {
    MilvusTarget.Builder etcd =
        MilvusTarget.builder().uri("http://any:19530").etcd("http://e:2379");
    MilvusTarget.Builder standby =
        MilvusTarget.builder().uri("http://any:19530").allowStandbySwitch();

    assertThatThrownBy(etcd::clientWrites)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http://any:19530", "etcd");
    assertThatThrownBy(standby::clientWrites)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("allowStandbySwitch", "not both");
    assertThatThrownBy(etcd::build).isInstanceOf(ConfigException.class);
  }

  @Test
  void anAddressWithNobodyThereIsNamed() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    MilvusTarget nobody =
        MilvusTarget.builder()
            .uri("http://127.0.0.1:" + free)
            .deadline(Duration.ofSeconds(5))
            .build();

    assertThat(blocking(nobody)).contains("127.0.0.1:" + free, "cannot be reached");
  }

  @Test
  void theTokenIsSentAsMilvusWantsIt() throws Exception {
    assertThat(found()).isEmpty();

    assertThat(milvus.authorization())
        .isEqualTo(
            Base64.getEncoder()
                .encodeToString(("root:" + SECRET).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theTokenShowsNowhere() throws Exception {
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNAUTHENTICATED));

    assertThat(target().toString()).doesNotContain(SECRET);
    assertThat(found().toString()).contains("token").doesNotContain(SECRET);
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void aSecretInTheAddressShowsNowhere() {
    String address = milvus.uri().replace("http://", "http://root:" + SECRET + "@");
    StringBuilder shown = new StringBuilder();
    Throwable thrown =
        catchThrowable(() -> shown.append(MilvusTarget.builder().uri(address).build()));

    assertThat(thrown == null ? shown.toString() : printed(thrown)).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "standby:19530", "ftp://standby:19530", "http://", "http://a b"})
  void anAddressThatIsNoneIsRefusedWithAnExample(String address) {
    assertThatThrownBy(() -> MilvusTarget.builder().uri(address).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http://host:19530");
  }

  @Test
  void aMissingAddressIsRefused() {
    assertThatThrownBy(() -> MilvusTarget.builder().build()).isInstanceOf(ConfigException.class);
  }

  @Test
  void certificatesThatCannotBeReadAreNamed() throws Exception {
    MilvusTarget target =
        MilvusTarget.builder()
            .milvus(MilvusEndpoint.at("https://127.0.0.1:1").trust(Path.of("/no/such.pem")))
            .build();

    assertThat(blocking(target)).contains("/no/such.pem");
  }

  @Test
  void makingAStandbyWithoutItsEtcdIsRefused() {
    MilvusTarget.Builder builder =
        MilvusTarget.builder().uri("http://standby:19530").allowStandbySwitch();

    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http://standby:19530", "etcd", "allowStandbySwitch");
  }

  @Test
  void mementosThatAreNoneAreDamage() {
    assertThatThrownBy(() -> target().open(new Opening("t", "{", 0)))
        .isInstanceOf(io.milvus.cdc.error.CorruptCheckpointException.class);
    assertThatCode(() -> target().open(new Opening("t", "", 0)).close()).doesNotThrowAnyException();
  }
}
