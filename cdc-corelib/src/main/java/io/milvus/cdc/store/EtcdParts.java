package io.milvus.cdc.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says where a text is that is too big for one request: etcd takes up to 1.5 MB by default.
 *
 * @param generation what tells the parts of one write from those of any other
 */
record EtcdParts(String generation, int count) {
  private static final int MOST = 1_000_000;

  /** No base 64 begins so. */
  private static final String MARK = "@";

  /** The texts to be stored one by one; only one where the whole fits. */
  static List<String> cut(String packed) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < packed.length(); from += MOST) {
      parts.add(packed.substring(from, Math.min(packed.length(), from + MOST)));
    }
    return parts;
  }

  /** What is stored in place of the text. */
  String text() {
    return MARK + generation + "/" + count;
  }

  /** Reads {@link #text}; nothing where it is a text. */
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
