package io.milvus.cdc.compare;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final MilvusEndpoint NOBODY = MilvusEndpoint.at("http://127.0.0.1:1");

  private final Comparison comparison =
      Comparison.of(NOBODY, NOBODY).patience(Duration.ofMillis(1));

  @Test
  void aSideThatIsAwayIsNamed() {
    assertThatThrownBy(comparison::run)
        .isInstanceOf(CdcException.class)
        .hasMessageContaining("http://127.0.0.1:1")
        .hasMessageContaining("list its databases");
  }

  @Test
  void certificatesThatCannotBeReadAreNamed() {
    MilvusEndpoint secure = MilvusEndpoint.at("https://127.0.0.1:1").trust(Path.of("/nowhere.pem"));

    assertThatThrownBy(() -> Comparison.of(NOBODY, secure).run())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/nowhere.pem");
  }

  @Test
  void numbersAreChecked() {
    assertThatThrownBy(() -> comparison.pageRows(16_385))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("16385")
        .hasMessageContaining("16384");
    assertThatThrownBy(() -> comparison.mostDifferences(0))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mostDifferences is 0");
    assertThatThrownBy(() -> comparison.databases("a.b"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a.b");
  }
}
