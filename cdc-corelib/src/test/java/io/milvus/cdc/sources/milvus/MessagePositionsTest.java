package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagePositionsTest {
  private static final MilvusSource PULSAR =
      MilvusSource.builder().etcd("http://etcd:2379").pulsar("pulsar://mq:6650").build();
  private static final MilvusSource KAFKA =
      MilvusSource.builder().etcd("http://etcd:2379").kafka("mq:9092").build();

  @Test
  void whatIsHandedOutLeadsBackToTheSamePlace() {
    String first = PULSAR.messagePosition("dml_0", new Position("15:203"), new HybridTime(70));
    String second = PULSAR.messagePosition("dml_1", new Position("16:4"), new HybridTime(50));

    StartFrom.At start = PULSAR.startAfter(Map.of("dml_0_4444v0", first, "dml_1", second));

    assertThat(start.positions())
        .isEqualTo(Map.of("dml_0", new Position("15:203"), "dml_1", new Position("16:4")));
    assertThat(start.watermark().value()).isEqualTo(50);
    assertThat(
            KAFKA
                .startAfter(
                    Map.of(
                        "dml_0",
                        KAFKA.messagePosition("dml_0", new Position("203"), new HybridTime(1))))
                .positions())
        .isEqualTo(Map.of("dml_0", new Position("203")));
  }

  @Test
  void whatIsNoPositionIsRefused() {
    for (String text : new String[] {"!", "AAAA", ""}) {
      assertThatThrownBy(() -> PULSAR.startAfter(Map.of("dml_0", text)))
          .as(text)
          .isInstanceOf(ConfigException.class);
    }
    String pulsars = PULSAR.messagePosition("dml_0", new Position("15:203"), new HybridTime(1));
    assertThatThrownBy(() -> KAFKA.startAfter(Map.of("dml_0", pulsars)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("which queue");
    assertThat(Base64.getDecoder().decode(pulsars)).isNotEmpty();
  }
}
