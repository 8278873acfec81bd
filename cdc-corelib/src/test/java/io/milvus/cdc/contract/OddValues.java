package io.milvus.cdc.contract;

import java.util.List;

/** Values of fields that are easily changed on their way. Keys are in {@link OddKeys}. */
public final class OddValues {
  private OddValues() {}

  /** Returns values of a field of doubles. */
  public static List<Double> doubles() {
    return List.of(
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        Double.MIN_VALUE,
        -Double.MAX_VALUE,
        0.1 + 0.2);
  }

  /** Returns values of a field of arrays of integers. */
  public static List<List<Long>> arrays() {
    return List.of(List.of(), List.of(0L), List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE));
  }

  /** Returns texts of JSON values, which a reader gets digit by digit. */
  public static List<String> json() {
    return List.of(
        "{\"n\":1e400}",
        "-1E-400",
        "9223372036854775808",
        "[123456789012345678901234567890.123456789012345678901234567890]",
        "1" + "0".repeat(5_000),
        "[".repeat(1_500) + "]".repeat(1_500),
        "{\"a\":".repeat(1_500) + "1" + "}".repeat(1_500),
        "{\"a\":1,\"a\":2}",
        "\"\\ud800\\u0000\u2028\uD83D\uDE00\"",
        " [ 1.0 , 1.00 ] ",
        "[]",
        "null");
  }

  /** Returns texts that are no JSON. A source may have written them into a field of JSON. */
  public static List<String> brokenJson() {
    return List.of("no json", "{", "[1,]", "NaN", "{} {}", "'a'", "", "01", "\"\n\"");
  }
}
