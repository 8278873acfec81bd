package io.milvus.cdc.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Http;
import io.milvus.cdc.http.testkit.Pem;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir private Path directory;

  private String config() {
    return "tls: {certificate: '%s', key: '%s'}"
        .formatted(directory.resolve("server.pem"), directory.resolve("server.key"));
  }

  private static Http client(OneServer server, Pem trusted) {
    return new Http(
        HttpClient.newBuilder().sslContext(trusted.context()).build(),
        "https://localhost:" + server.port());
  }

  @Test
  void aServerSpeaksTlsAndTakesANewCertificateWithoutARestart() throws Exception {
    Pem first = Pem.make(directory, "first");
    Pem second = Pem.make(directory, "second");
    use(first);
    try (OneServer server = OneServer.at(directory.resolve("state"), config())) {
      assertThat(client(server, first).get("/api/v1/tasks").status()).isEqualTo(200);
      assertThatThrownBy(() -> client(server, second).get("/api/v1/tasks"))
          .isInstanceOf(UncheckedIOException.class);

      use(second);

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreException(UncheckedIOException.class)
          .until(() -> client(server, second).get("/api/v1/tasks").status() == 200);
    }
  }

  private void use(Pem pem) throws Exception {
    Files.copy(pem.key(), directory.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        pem.certificate(), directory.resolve("server.pem"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void filesThatAreNoCertificatesAreRefused() throws Exception {
    Files.writeString(directory.resolve("server.pem"), "x");
    Files.writeString(directory.resolve("server.key"), "x");

    assertThatThrownBy(() -> OneServer.at(directory.resolve("state"), config()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("server.pem", "PEM");
  }
}
