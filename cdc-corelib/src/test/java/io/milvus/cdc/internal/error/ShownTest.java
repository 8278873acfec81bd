package io.milvus.cdc.internal.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.milvus.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShownTest {
  @Test
  void whatATerminalShowsIsShownAsItIs() {
    assertThat(Key.of("é漢\uD83D\uDE00 '%s'")).hasToString("\"é漢\uD83D\uDE00 '%s'\"");
    assertThat(Key.of(Long.MIN_VALUE)).hasToString("-9223372036854775808");
  }

  @Test
  void whatWouldControlATerminalIsWrittenInHex() {
    assertThat(Key.of("\u001b[31mred\n\0\u202e\u200b\u2028\uD83D"))
        .hasToString("\"\\u{1b}[31mred\\u{a}\\u{0}\\u{202e}\\u{200b}\\u{2028}\\u{d83d}\"");
  }

  @ParameterizedTest
  @MethodSource("io.milvus.cdc.contract.OddKeys#texts")
  void showsNoControlCharacterOfAnyKey(String text) {
    String shown = Key.of(text).toString();
    assertThat(shown).startsWith("\"").hasSizeLessThan(800);
    assertThat(shown.chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void aTextThatLooksEscapedIsToldFromOneThatIs() {
    assertThat(Key.of("\\u{a}\"").toString()).isEqualTo("\"\\\\u{a}\\\"\"");
  }

  @Test
  void longKeysAreCutAndToldApartByTheirDigests() {
    String one = Key.of("x".repeat(65_534) + "1").toString();
    String other = Key.of("x".repeat(65_534) + "2").toString();

    // printf 'x%.0s' {1..65534} | sed 's/$/1/' | tr -d '\n' | sha256sum
    assertThat(one).startsWith("\"xxx").contains("... (65535 bytes, SHA-256 ").hasSizeLessThan(130);
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aTextIsNotCutInsideACharacter() {
    assertThat(Shown.cut("x".repeat(79) + "\uD83D\uDE00".repeat(10)))
        .startsWith("x".repeat(79) + "... (119 bytes, SHA-256 ");
  }
}
