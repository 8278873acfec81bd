package io.milvus.cdc.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Locates the parts of a text that is too big for one request: etcd accepts up to 1.5 MB by
 * default.
 *
 * @param generation distinguishes the parts of one write from those of any other
 */
record EtcdParts(String generation, int count) {
  private static final int MOST = 1_000_000;

  /** Base 64 never begins with this. */
  private static final String MARK = "@";

  /** Returns the texts to store one by one, or one text if the whole fits. */
  static List<String> cut(String packed) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < packed.length(); from += MOST) {
      parts.add(packed.substring(from, Math.min(packed.length(), from + MOST)));
    }
    return parts;
  }

  /** Returns the text that is stored in place of the whole. */
  String text() {
    return MARK + generation + "/" + count;
  }

  /** Reads {@link #text}. Returns empty for a whole text. */
  static Optional<EtcdParts> parse(String text) {
    if (!text.startsWith(MARK)) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    return Optional.of(
        new EtcdParts(
            text.substring(MARK.length(), slash), Integer.parseInt(text.substring(slash + 1))));
  }
}
