package io.milvus.cdc.internal.error;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Shows foreign texts so that a person can read them on a terminal. */
public final class Shown {
  private static final int LONGEST = 80;
  private static final int DIGEST_DIGITS = 16;

  private Shown() {}

  /** Returns a text between quotation marks; see {@link #cut}. */
  public static String quoted(String text) {
    String whole = '"' + escaped(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    return beginning(whole, text, LONGEST);
  }

  /**
   * Returns a text unchanged, or its beginning if it is long. The beginning is followed by its
   * length and the first 16 digits of its SHA-256, both of its UTF-8.
   */
  public static String cut(String text) {
    return cut(text, LONGEST);
  }

  /** Returns the same with another limit, in characters. */
  public static String cut(String text, int longest) {
    return beginning(escaped(text), text, longest);
  }

  private static String beginning(String whole, String text, int longest) {
    if (whole.length() <= longest) {
      return whole;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = Character.isHighSurrogate(whole.charAt(longest - 1)) ? longest - 1 : longest;
    return "%s... (%d bytes, SHA-256 %s)"
        .formatted(
            whole.substring(0, end),
            bytes.length,
            Hashing.sha256().hashBytes(bytes).toString().substring(0, DIGEST_DIGITS));
  }

  /** Returns a text with its invisible characters and control characters in hex. */
  public static String escaped(String text) {
    if (text.codePoints().allMatch(Shown::visible)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            one ->
                escaped.append(
                    visible(one)
                        ? Character.toString(one)
                        : String.format(Locale.ROOT, "\\u{%x}", one)));
    return escaped.toString();
  }

  private static boolean visible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
