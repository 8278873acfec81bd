package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.MutualTls;
import io.milvus.cdc.testkit.Pem;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source whose API asks for our certificate, and whose own is of another name. */
@Timeout(60)
class SourceApiTlsTest {
  @TempDir private static Path directory;
  private static Pem theirs;
  private static Pem ours;
  private static FakeMilvus milvus;

  @BeforeAll
  static void begin() throws Exception {
    MutualTls tls = MutualTls.in(directory);
    theirs = tls.theirs();
    ours = tls.ours();
    milvus = tls.milvus();
  }

  @AfterAll
  static void end() {
    milvus.close();
  }

  private static MilvusEndpoint endpoint() {
    return MilvusEndpoint.at(milvus.uri().replace("http:", "https:")).trust(theirs.certificate());
  }

  private static void check(MilvusEndpoint endpoint) {
    try (SourceApi api = SourceApi.connect(endpoint)) {
      api.check();
    }
  }

  @Test
  void anApiThatAsksForOurCertificateIsReachedWithIt() {
    assertThatCode(
            () ->
                check(
                    endpoint()
                        .clientCertificate(ours.certificate(), ours.key())
                        .serverName("milvus.example")))
        .doesNotThrowAnyException();
  }

  @Test
  void withoutOurCertificateItCannotBeUsed() {
    assertThatThrownBy(() -> check(endpoint().serverName("milvus.example")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The source's API");
  }

  @Test
  void withoutTheNameInItsCertificateItIsNotTrusted() {
    assertThatThrownBy(() -> check(endpoint().clientCertificate(ours.certificate(), ours.key())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The source's API");
  }
}
