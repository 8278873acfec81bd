package io.milvus.cdc.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.store.SeaweedServer;
import io.milvus.cdc.testkit.Pem;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads from a real object storage with a certificate of its own. */
@Timeout(120)
class S3TlsTest {
  private static final String BUCKET = "a-bucket";

  @TempDir private Path folder;

  @Test
  void readsIfItsAuthorityIsTrusted() throws Exception {
    Pem theirs = Pem.make(folder, "localhost");
    Pem others = Pem.make(folder, "elsewhere");
    try (SeaweedServer server = new SeaweedServer(theirs)) {
      server.start();
      S3Endpoint plain =
          StorageEndpoint.s3(server.endpoint(), BUCKET).login("writer", "writer-secret");
      S3Endpoint trusted = plain.trust(theirs.certificate());
      try (S3Client writer = S3Clients.open(trusted, Duration.ofMinutes(1));
          ObjectStorage storage = ObjectStorage.open(trusted)) {
        writer.createBucket(bucket -> bucket.bucket(BUCKET));
        writer.putObject(
            put -> put.bucket(BUCKET).key("files/insert_log/1"),
            RequestBody.fromBytes(new byte[] {1, 2}));

        assertThat(storage.list("")).containsExactly(new StoredObject("insert_log/1", 2));
        assertThat(storage.read("insert_log/1", 1, 1).get()).isEqualTo((byte) 2);
      }
      refuses(plain);
      refuses(plain.trust(others.certificate()));
    }
  }

  private static void refuses(S3Endpoint endpoint) {
    try (ObjectStorage storage = ObjectStorage.open(endpoint)) {
      assertThatThrownBy(() -> storage.list(""))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("not trusted", "Set the trusted certificates for S3");
    }
  }

  @Test
  void refusesAFileWithoutCertificates() {
    S3Endpoint endpoint =
        StorageEndpoint.s3("https://localhost:1", BUCKET)
            .login("reader", "secret")
            .trust(folder.resolve("missing.pem"));

    assertThatThrownBy(() -> ObjectStorage.open(endpoint))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("missing.pem");
  }
}
