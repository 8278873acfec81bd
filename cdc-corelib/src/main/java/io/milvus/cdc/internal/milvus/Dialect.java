package io.milvus.cdc.internal.milvus;

import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Writes the keys in an expression so that each is read unchanged. One kind of Milvus accepts forms
 * that another kind rejects.
 */
public enum Dialect {
  /**
   * All but Milvus Lite (2.3.5 internal/parser/planparserv2/Plan.g4): escapes of C, resolved by Go.
   * Characters beyond ASCII are escaped too, because later versions rewrite Chinese texts before
   * they parse them.
   */
  MILVUS {
    /**
     * Writes a number. Milvus parses it without its sign first, and the least number has no
     * positive counterpart.
     */
    @Override
    String number(long number) {
      return number == Long.MIN_VALUE ? -Long.MAX_VALUE + " - 1" : Long.toString(number);
    }

    @Override
    void append(StringBuilder literal, int codePoint) {
      if (codePoint < ' ' || codePoint == DELETE) {
        literal
            .append('\\')
            .append((char) ('0' + (codePoint >> 6)))
            .append((char) ('0' + ((codePoint >> 3) & 7)))
            .append((char) ('0' + (codePoint & 7)));
      } else if (codePoint < DELETE) {
        literal.append((char) codePoint);
      } else if (Character.isBmpCodePoint(codePoint)) {
        literal.append("\\u").append(HEX.toHexDigits(codePoint, 4));
      } else {
        literal.append("\\U").append(HEX.toHexDigits(codePoint, 8));
      }
    }
  },

  /** Milvus Lite 3.x (search/filter/tokens.py), which supports few escapes and needs fewer. */
  LITE {
    @Override
    String number(long number) {
      return Long.toString(number);
    }

    @Override
    void append(StringBuilder literal, int codePoint) {
      switch (codePoint) {
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        default -> literal.appendCodePoint(codePoint);
      }
    }
  };

  private static final int DELETE = 0x7f;

  private static final HexFormat HEX = HexFormat.of();

  /** Returns the dialect of a Milvus that reports this version. */
  public static Dialect ofVersion(String version) {
    return version.startsWith("milvus_lite") ? LITE : MILVUS;
  }

  abstract String number(long number);

  /** Writes a character that is neither a quotation mark nor a backslash. */
  abstract void append(StringBuilder literal, int codePoint);

  /** Returns the expression that selects the rows of these keys. */
  public String in(String field, Collection<Key> keys) {
    return keys.stream().map(this::literal).collect(Collectors.joining(",", field + " in [", "]"));
  }

  /** Returns the expression that selects the rows whose keys come after this key. */
  public String after(String field, Key key) {
    return field + " > " + literal(key);
  }

  /** Returns a key in the form that it has in an expression. */
  public String literal(Key key) {
    String text = key.text();
    if (text == null) {
      return number(key.number());
    }
    StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(
            one -> {
              if (one == '"' || one == '\\') {
                literal.append('\\').append((char) one);
              } else {
                append(literal, one);
              }
            });
    return literal.append('"').toString();
  }
}
