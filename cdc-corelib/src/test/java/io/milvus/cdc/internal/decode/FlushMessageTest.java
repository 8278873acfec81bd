package io.milvus.cdc.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.testkit.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlushMessageTest {
  private static final Golden NEWEST = Golden.of("milvus-2.5.txt");
  private static final long TIME = 455555555555555555L;

  @Test
  void flushTellsItsTimeDatabaseAndCollection() throws Exception {
    assertThat(FlushMessage.parse(NEWEST.value("flush")))
        .isEqualTo(new FlushMessage(TIME, "shop", List.of("docs")));
    assertThat(FlushMessage.parse(Golden.of("milvus-2.4.txt").value("flush")))
        .isEqualTo(new FlushMessage(450505050505050505L, "default", List.of("docs")));
  }

  @Test
  void flushOfASourceThatIsAStandbyItselfTellsTheTimeInItsTicks() throws Exception {
    assertThat(FlushMessage.parse(NEWEST.value("flush_of_a_replica")))
        .isEqualTo(new FlushMessage(TIME, "", List.of("docs", "films")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alterdatabase", "insert", "timetick", "droppartition"})
  void otherMessagesAreNone(String name) throws Exception {
    assertThat(FlushMessage.parse(NEWEST.value(name))).isNull();
  }

  @Test
  void garbageIsToldApart() {
    assertThatThrownBy(() -> FlushMessage.parse(new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class);
  }
}
