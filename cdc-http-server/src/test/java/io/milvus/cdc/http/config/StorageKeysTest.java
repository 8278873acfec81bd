package io.milvus.cdc.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageKeysTest {
  private static StorageEndpoint read(String yaml) throws Exception {
    Fields fields = Fields.of(new YAMLMapper().readTree(yaml), Dialect.CONFIG);
    StorageEndpoint storage = StorageKeys.read(fields);
    fields.refuseUnread();
    return storage;
  }

  @Test
  void nothingIsNoStorage() throws Exception {
    assertThat(read("{}")).isNull();
  }

  @Test
  void readsADirectory() throws Exception {
    assertThat(read("directory: /var/lib/milvus/data"))
        .isEqualTo(StorageEndpoint.directory(Path.of("/var/lib/milvus/data")));
  }

  @Test
  void anAddressAndABucketAreEnough() throws Exception {
    assertThat(read("s3: {endpoint: 'http://minio:9000', bucket: a-bucket}"))
        .isEqualTo(StorageEndpoint.s3("http://minio:9000", "a-bucket"));
  }

  @Test
  void everythingCanBeSaid() throws Exception {
    String yaml =
        """
        s3:
          endpoint: https://minio:9000
          bucket: a-bucket
          rootPath: by-dev
          region: eu-west-1
          accessKey: reader
          secretKey: s3cret
          pathStyle: false
          certificates: ca.pem
        """;

    assertThat(read(yaml))
        .isEqualTo(
            StorageEndpoint.s3("https://minio:9000", "a-bucket")
                .rootPath("by-dev")
                .region("eu-west-1")
                .login("reader", "s3cret")
                .pathStyle(false)
                .trust(Path.of("ca.pem")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "directory: /a, s3: {endpoint: 'http://a', bucket: bb} | either",
        "other: 1 | either",
        "s3: {bucket: bb} | 's3.endpoint' is missing",
        "s3: {endpoint: 'http://a'} | 's3.bucket' is missing",
        "s3: {endpoint: 'http://a', bucket: bb, accessKey: k} | Only one of 'accessKey'",
        "s3: {endpoint: 'http://a', bucket: bb, secretKey: k} | Only one of 'accessKey'",
        "s3: {endpoint: 'http://a', bucket: bb, certificates: ca.pem} | https",
        "s3: {endpoint: 'http://a', bucket: bb, rootpaht: files} | 's3.rootpaht'"
      })
  void refusesOtherValues(String yaml, String words) {
    assertThatThrownBy(() -> read("{" + yaml + "}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(words);
  }
}
