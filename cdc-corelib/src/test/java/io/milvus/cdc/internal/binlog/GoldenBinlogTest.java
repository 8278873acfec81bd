package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenBinlogTest {
  static Stream<String> files() {
    return new String(Binlogs.bytes("binlogs.txt"), StandardCharsets.UTF_8).lines();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyValueIsAsAnotherReaderReadsIt(String expected) throws Exception {
    String name = expected.substring(0, expected.indexOf(' '));
    List<Object> values = Binlogs.values(Binlogs.golden(name));

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Binlogs.canonical(values));
    assertThat(
            "%s %d %d %s"
                .formatted(
                    name,
                    values.size(),
                    Collections.frequency(values, null),
                    HexFormat.of().formatHex(digest)))
        .isEqualTo(expected);
  }

  @Test
  void systemColumnsAreLongs() throws IOException {
    List<Object> rowIds = Binlogs.values(Binlogs.golden("binlogs-2.3.5/0-rowid"));
    List<Object> timestamps = Binlogs.values(Binlogs.golden("binlogs-2.3.5/1-timestamp"));

    assertThat(rowIds).first().isEqualTo(446893535390600000L);
    assertThat(rowIds).last().isEqualTo(446893535390600999L);
    assertThat(timestamps).first().isEqualTo(446893535390769152L);
    assertThat(timestamps).last().isEqualTo(446893535390769161L);
  }

  @Test
  void smallIntegersKeepTheirSigns() throws IOException {
    assertThat(Binlogs.values(Binlogs.golden("binlogs-2.3.5/102-int8"))).startsWith(45, -68, 112);
    assertThat(Binlogs.values(Binlogs.golden("binlogs-2.3.5/103-int16"))).startsWith(-28225, 17276);
  }

  @Test
  void textsAreUtf8() throws IOException {
    List<Object> texts = Binlogs.values(Binlogs.golden("binlogs-2.3.5/107-varchar"));

    assertThat(texts)
        .extracting(Binlogs::text)
        .startsWith("key-0-é", "key-7-é")
        .endsWith("key-6993-é");
  }

  @Test
  void nullsOfAnOptionalColumnAreFound() throws IOException {
    List<Object> texts = Binlogs.values(Binlogs.golden("binlogs-2.5/102-nullable-varchar"));

    assertThat(texts.subList(0, 6))
        .extracting(value -> value == null ? "null" : Binlogs.text(value))
        .containsExactly("null", "vb", "vc", "vd", "ve", "null");
  }

  @Test
  void rowGroupsFollowEachOther() throws IOException {
    List<Object> floats = Binlogs.values(Binlogs.golden("binlogs-2.5/105-nullable-float"));

    assertThat(floats).hasSize(2100).startsWith(null, 1f, 2f, null);
    assertThat(floats.subList(2098, 2100)).containsExactly(2698f, null);
  }

  @Test
  void theEnvelopeNamesSegmentAndField() throws IOException {
    Binlog binlog = Binlog.open(Binlogs.golden("binlogs-2.3.5/107-varchar"), Binlog.Kind.INSERT);

    assertThat(binlog.segment()).isEqualTo(446893535390500100L);
    assertThat(binlog.field()).isEqualTo(107);
    assertThat(binlog.payloads()).hasSize(1);
    assertThat(binlog.extras().multiField()).isFalse();
  }
}
