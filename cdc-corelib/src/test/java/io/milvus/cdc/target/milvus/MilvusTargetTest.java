package io.milvus.cdc.target.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
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
    return MilvusTarget.builder().uri(milvus.uri()).token("root:" + SECRET).build();
  }

  @Test
  void aReplicaPassesTheCheckAndNothingIsLeftBehind() {
    target().check();

    assertThat(milvus.replicated()).isEmpty();
    assertThat(milvus.rows().ticks()).isEmpty();
  }

  @Test
  void anOrdinaryInstanceIsRefusedWithTheCure() {
    milvus.replica(false);

    assertThatThrownBy(() -> target().check())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("common.ttMsgEnabled: false")
        .hasMessageContaining(milvus.uri());
  }

  @Test
  void wrongCredentialsAreNamedAsTheReason() {
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNAUTHENTICATED));

    assertThatThrownBy(() -> target().check())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("token");
  }

  @Test
  void aMilvusThatKnowsNoReplicationIsNamedAsTheReason() {
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNIMPLEMENTED));

    assertThatThrownBy(() -> target().check())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("2.3 to 2.5");
  }

  @Test
  void anAddressWithNobodyThereIsNamed() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    MilvusTarget nobody =
        MilvusTarget.builder()
            .uri("http://127.0.0.1:" + free)
            .deadline(Duration.ofSeconds(5))
            .build();

    assertThatThrownBy(nobody::check)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("127.0.0.1:" + free)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void theTokenIsSentAsMilvusWantsIt() {
    target().check();

    assertThat(milvus.authorization())
        .isEqualTo(
            Base64.getEncoder()
                .encodeToString(("root:" + SECRET).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theTokenShowsNowhere() {
    milvus.fail("ReplicateMessage", Fault.error(Status.Code.UNAUTHENTICATED));

    assertThat(target().toString()).doesNotContain(SECRET);
    assertThat(printed(catchThrowable(() -> target().check()))).doesNotContain(SECRET);
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
  void certificatesThatCannotBeReadAreNamed() {
    MilvusTarget target =
        MilvusTarget.builder()
            .uri("https://127.0.0.1:1")
            .certificates(Path.of("/no/such.pem"))
            .build();

    assertThatThrownBy(target::check)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/no/such.pem");
  }

  @Test
  void mementosThatAreNoneAreDamage() {
    assertThatThrownBy(() -> target().open("{", 0))
        .isInstanceOf(io.milvus.cdc.error.CorruptCheckpointException.class);
    assertThatCode(() -> target().open("", 0).close()).doesNotThrowAnyException();
  }
}
