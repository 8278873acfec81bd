package io.milvus.cdc.internal.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * That servers read these as they are meant is shown by {@code ClientWritesE2E} and {@code
 * LiteE2E}.
 */
class DialectTest {
  @Test
  void aMilvusIsGivenNothingBeyondAscii() {
    Key key = Key.of("a\"\\'%\n\t\0\u007f\u00e9\u6f22\uD842\uDFB7\uD83D\uDE00");

    assertThat(Dialect.MILVUS.literal(key))
        .isEqualTo("\"a\\\"\\\\'%\\012\\011\\000\\177\\u00e9\\u6f22\\U00020bb7\\U0001f600\"");
  }

  @Test
  void aMilvusLiteIsGivenTheEscapesThatItKnows() {
    Key key = Key.of("a\"\\'%\r\n\t\0\u00e9\uD842\uDFB7");

    assertThat(Dialect.LITE.literal(key)).isEqualTo("\"a\\\"\\\\'%\\r\\n\t\0\u00e9\uD842\uDFB7\"");
  }

  @Test
  void theSmallestNumberIsWrittenAsEachKindReadsIt() {
    List<Key> keys = List.of(Key.of(Long.MIN_VALUE), Key.of(Long.MAX_VALUE));

    assertThat(Dialect.MILVUS.in("id", keys))
        .isEqualTo("id in [-9223372036854775807 - 1,9223372036854775807]");
    assertThat(Dialect.LITE.in("id", keys))
        .isEqualTo("id in [-9223372036854775808,9223372036854775807]");
    assertThat(Dialect.MILVUS.after("id", keys.get(0))).isEqualTo("id > -9223372036854775807 - 1");
  }
}
