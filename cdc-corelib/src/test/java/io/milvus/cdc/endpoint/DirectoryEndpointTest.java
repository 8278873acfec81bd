package io.milvus.cdc.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DirectoryEndpointTest {
  private final Path path = Path.of("/var/lib/milvus/data");

  @Test
  void isAValue() {
    assertThat(StorageEndpoint.directory(path))
        .isEqualTo(new DirectoryEndpoint(path))
        .hasToString("directory /var/lib/milvus/data");
  }

  @Test
  void refusesAnEmptyPathAndNull() {
    assertThatThrownBy(() -> StorageEndpoint.directory(Path.of("")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("localStorage.path");
    assertThatNullPointerException().isThrownBy(() -> StorageEndpoint.directory(null));
  }
}
