package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.MutualTls;
import io.milvus.cdc.testkit.Pem;
import java.nio.file.Path;
import java.util.Objects;
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

  private static MilvusSource.Builder source() {
    return MilvusSource.builder()
        .etcd("http://etcd:2379")
        .kafka("kafka:9092")
        .api(milvus.uri().replace("http:", "https:"))
        .apiCertificates(theirs.certificate());
  }

  private static void check(MilvusSource.Builder source) {
    try (SourceApi api = SourceApi.connect(Objects.requireNonNull(source.apiSettings()))) {
      api.check();
    }
  }

  @Test
  void anApiThatAsksForOurCertificateIsReachedWithIt() {
    assertThatCode(
            () ->
                check(
                    source()
                        .apiClientCertificate(ours.certificate(), ours.key())
                        .apiServerName("milvus.example")))
        .doesNotThrowAnyException();
  }

  @Test
  void withoutOurCertificateItCannotBeUsed() {
    assertThatThrownBy(() -> check(source().apiServerName("milvus.example")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The source's API");
  }

  @Test
  void withoutTheNameInItsCertificateItIsNotTrusted() {
    assertThatThrownBy(() -> check(source().apiClientCertificate(ours.certificate(), ours.key())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The source's API");
  }

  @Test
  void whatOnlyTlsHasIsRefusedWithoutIt() {
    MilvusSource.Builder plain = source().api("http://milvus:19530");

    assertThatThrownBy(plain::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http://milvus:19530", "https");
  }
}
