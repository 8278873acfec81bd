package io.milvus.cdc.contract;

import java.util.List;

/** Primary keys that an expression, a file or a terminal must write with care. */
public final class OddKeys {
  /** The most bytes that a text key of a Milvus can have. */
  public static final int LONGEST = 65_535;

  private OddKeys() {}

  /** Returns integer keys. */
  public static List<Long> numbers() {
    return List.of(Long.MIN_VALUE, -Long.MAX_VALUE, -1L, 0L, Long.MAX_VALUE - 1, Long.MAX_VALUE);
  }

  /** Returns text keys, of at most {@link #LONGEST} bytes each. */
  public static List<String> texts() {
    return List.of(
        "",
        " ",
        "a\nb",
        "a\r\nb",
        "a\tb",
        "\0",
        "\u0001\u007f\u0085",
        "\u001b[31mred",
        "a\"b",
        "a'b",
        "\\",
        "\\n",
        "\\u4e2d",
        "%s%d%",
        "{x}",
        "pk in [1]",
        "é漢",
        "\uD842\uDFB7",
        "\uD83D\uDE00",
        "\u2028\ufeff\ufffe",
        "x".repeat(LONGEST),
        "\u0001".repeat(LONGEST),
        "\uD83D\uDE00".repeat(LONGEST / 4));
  }
}
