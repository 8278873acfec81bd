package io.milvus.cdc.internal.queue.pulsar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import org.apache.pulsar.client.impl.BatchMessageIdImpl;
import org.apache.pulsar.client.impl.MessageIdImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PulsarPositionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"15:203", "15:203:2/9", "15:0", "15:-1"})
  void aPositionIsReadAsItIsWritten(String text) {
    assertThat(PulsarPositions.placeOf(new Position(text)).position().text()).isEqualTo(text);
    assertThat(PulsarPositions.isAfter(new Position(text))).isFalse();
    assertThat(PulsarPositions.isAfter(new Position(text + "+"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "203", "a:b", "1:2:3", "1:2:3/", "99999999999999999999:1"})
  void whatIsNoPositionIsRejected(String text) {
    assertThatThrownBy(() -> PulsarPositions.placeOf(new Position(text)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'%s' is not Pulsar's".formatted(text))
        .hasMessageContaining("15:203");
  }

  @Test
  void aBatchOfOneMessageIsAnEntryLikeAnyOther() {
    BatchMessageIdImpl ofMilvus = new BatchMessageIdImpl(6, 0, -1, 0, 1, null);
    assertThat(PulsarPlace.of(ofMilvus)).isEqualTo(PulsarPlace.of(new MessageIdImpl(6, 0, -1)));
    assertThat(PulsarPositions.of(ofMilvus.toByteArray()).text()).isEqualTo("6:0");
    assertThat(PulsarPlace.of(new BatchMessageIdImpl(6, 0, -1, 2, 5, null))).hasToString("6:0:2/5");
  }

  @Test
  void theNextMessageComesAfterTheOneThatItFollows() {
    assertThat(PulsarPositions.ORDER.compare(new Position("3:4"), new Position("3:4+")))
        .isNegative();
    assertThat(PulsarPositions.ORDER.compare(new Position("3:4+"), new Position("3:5")))
        .isNegative();
  }
}
