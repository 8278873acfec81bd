package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.source.milvus.MilvusSource;
import io.milvus.cdc.target.milvus.MilvusTarget;
import io.milvus.cdc.testkit.FakeSource;
import org.junit.jupiter.api.Test;

class CdcEngineBuilderTest {
  private static MilvusTarget target() {
    return MilvusTarget.builder().uri("http://standby:19530").build();
  }

  @Test
  void oneTargetUnderTwoNamesIsRefused() {
    CdcEngineBuilder builder =
        CdcEngine.builder()
            .source(new FakeSource("s-dml_0"))
            .target(target())
            .target("dr", target());

    assertThatThrownBy(builder::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'default'", "'dr'", "http://standby:19530");
  }

  @Test
  void anEngineWithoutATargetIsRefused() {
    CdcEngineBuilder builder = CdcEngine.builder().source(new FakeSource("s-dml_0"));

    assertThatThrownBy(builder::start).isInstanceOf(ConfigException.class);
  }

  @Test
  void anUncheckedEngineStartsWithoutASourceAndTargetsThatAnswer() {
    CdcEngineBuilder builder =
        CdcEngine.builder()
            .source(
                MilvusSource.builder()
                    .etcd("http://127.0.0.1:1")
                    .pulsar("pulsar://127.0.0.1:1")
                    .build());

    try (CdcEngine engine = builder.startUnchecked()) {
      engine.target("dr", target());

      assertThat(engine.tasks()).isEmpty();
    }
  }
}
