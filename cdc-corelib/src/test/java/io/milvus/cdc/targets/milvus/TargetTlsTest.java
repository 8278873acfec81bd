package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.MutualTls;
import io.milvus.cdc.testkit.Pem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Milvus that asks for our certificate, and whose own is of another name than its address. */
@Timeout(60)
class TargetTlsTest {
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

  private static MilvusEndpoint target() {
    return MilvusEndpoint.at(milvus.uri().replace("http:", "https:")).trust(theirs.certificate());
  }

  private static List<Finding> blocking(MilvusEndpoint target) throws InterruptedException {
    return MilvusTarget.builder()
        .milvus(target)
        .deadline(Duration.ofSeconds(5))
        .build()
        .check()
        .findings()
        .stream()
        .filter(Finding::isBlocking)
        .toList();
  }

  @Test
  void aTargetThatAsksForOurCertificateIsReachedWithIt() throws Exception {
    assertThat(
            blocking(
                target()
                    .clientCertificate(ours.certificate(), ours.key())
                    .serverName("milvus.example")))
        .isEmpty();
  }

  @Test
  void withoutOurCertificateItCannotBeReached() throws Exception {
    assertThat(blocking(target().serverName("milvus.example"))).hasSize(1);
  }

  @Test
  void withoutTheNameInItsCertificateItIsNotTrusted() throws Exception {
    assertThat(blocking(target().clientCertificate(ours.certificate(), ours.key()))).hasSize(1);
  }
}
