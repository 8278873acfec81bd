package io.milvus.cdc.internal.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import org.junit.jupiter.api.Test;

class KafkaPositionsTest {
  @Test
  void anOffsetIsWrittenInDecimal() {
    assertThat(KafkaPositions.of(203).text()).isEqualTo("203");
    assertThat(KafkaPositions.offsetOf(new Position("203"))).isEqualTo(203);
    assertThat(KafkaPositions.offsetOf(KafkaPositions.of(Long.MAX_VALUE)))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void milvusWritesTheLowestByteFirst() {
    assertThat(KafkaPositions.of(new byte[] {1, 2, 0, 0, 0, 0, 0, 0}).text()).isEqualTo("513");
    assertThat(KafkaPositions.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}).text())
        .isEqualTo(Long.toString(1L << 56));
  }

  @Test
  void aPositionOfPulsarIsRefused() {
    assertThatThrownBy(() -> KafkaPositions.offsetOf(new Position("15:203")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'15:203'")
        .hasMessageContaining("offset");
    assertThatThrownBy(() -> KafkaPositions.of(new byte[] {8, 5, 16, 10}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("which queue the source uses");
  }
}
