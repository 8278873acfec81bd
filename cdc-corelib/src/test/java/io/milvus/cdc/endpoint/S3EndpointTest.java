package io.milvus.cdc.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3EndpointTest {
  private static final Path CA = Path.of("ca.pem");

  private final S3Endpoint plain = StorageEndpoint.s3("http://minio:9000", "a-bucket");
  private final S3Endpoint secure = StorageEndpoint.s3("https://minio:9000", "a-bucket");

  @Test
  void hasTheDefaultsOfMilvus() {
    assertThat(plain.rootPath()).isEqualTo("files");
    assertThat(plain.region()).isEqualTo("us-east-1");
    assertThat(plain.pathStyle()).isTrue();
    assertThat(plain.accessKey()).isNull();
    assertThat(plain.secretKey()).isNull();
    assertThat(plain.usesTls()).isFalse();
    assertThat(secure.usesTls()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "minio:9000", "ftp://minio", "http://", "not an address"})
  void refusesAnInvalidAddressWithAnExample(String address) {
    assertThatThrownBy(() -> StorageEndpoint.s3(address, "a-bucket"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + address + "'", "http://minio:9000");
  }

  @Test
  void refusesAPathInTheAddress() {
    assertThatThrownBy(() -> StorageEndpoint.s3("http://minio:9000/a-bucket", "a-bucket"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http://minio:9000/a-bucket", "Leave the path out");
    assertThat(StorageEndpoint.s3("HTTP://Minio:9000/", "a-bucket")).isEqualTo(plain);
  }

  @Test
  void refusesCredentialsInTheAddress() {
    assertThatThrownBy(() -> StorageEndpoint.s3("http://key:secret@minio:9000", "a-bucket"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set the access key and the secret key")
        .hasMessageNotContaining("secret@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/b", "a bucket", "-a", ".."})
  void refusesAnInvalidBucket(String bucket) {
    assertThatThrownBy(() -> StorageEndpoint.s3("http://minio:9000", bucket))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + bucket + "'", "minio.bucketName");
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "/, ''", "files/, files", "/a/b/, a/b"})
  void removesSlashesAroundTheRootPath(String path, String plainPath) {
    assertThat(plain.rootPath(path).rootPath()).isEqualTo(plainPath);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../b", "a//b", "./a", "///"})
  void refusesAnInvalidRootPath(String path) {
    assertThatThrownBy(() -> plain.rootPath(path))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + path + "'", "minio.rootPath");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eu west", "eu/west"})
  void refusesAnInvalidRegion(String region) {
    assertThatThrownBy(() -> plain.region(region))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + region + "'", "eu-west-1");
  }

  @Test
  void refusesCertificatesWithoutTls() {
    assertThat(secure.trust(CA).tls().trusted()).isEqualTo(CA);
    assertThatThrownBy(() -> plain.trust(CA))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http://minio:9000", "https");
  }

  @Test
  void refusesNulls() {
    assertThatNullPointerException().isThrownBy(() -> StorageEndpoint.s3(null, "a-bucket"));
    assertThatNullPointerException()
        .isThrownBy(() -> StorageEndpoint.s3("http://minio:9000", null));
    assertThatNullPointerException().isThrownBy(() -> plain.login(null, "secret"));
    assertThatNullPointerException().isThrownBy(() -> plain.login("key", null));
    assertThatNullPointerException().isThrownBy(() -> plain.rootPath(null));
    assertThatNullPointerException().isThrownBy(() -> plain.region(null));
    assertThatNullPointerException().isThrownBy(() -> secure.trust(null));
  }

  @Test
  void returnsCopiesThatAreValues() {
    S3Endpoint full =
        secure.login("key", "secret").rootPath("by-dev").region("a").pathStyle(false).trust(CA);

    assertThat(secure).isEqualTo(StorageEndpoint.s3("https://minio:9000", "a-bucket"));
    assertThat(full)
        .isNotEqualTo(secure)
        .isEqualTo(
            secure.trust(CA).pathStyle(false).region("a").rootPath("by-dev").login("key", "secret"))
        .hasSameHashCodeAs(
            secure
                .trust(CA)
                .pathStyle(false)
                .region("a")
                .rootPath("by-dev")
                .login("key", "secret"));
    assertThat(full.accessKey()).isEqualTo("key");
    assertThat(full.secretKey()).isEqualTo(new Secret("secret"));
    assertThat(full.pathStyle()).isFalse();
    assertThat(full.region()).isEqualTo("a");
  }

  @Test
  void showsNoSecret() {
    assertThat(plain.login("key", "secret").toString())
        .isEqualTo("S3 at http://minio:9000/a-bucket");
  }
}
