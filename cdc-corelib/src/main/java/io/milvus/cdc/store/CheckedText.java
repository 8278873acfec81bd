package io.milvus.cdc.store;

import io.milvus.cdc.error.CorruptCheckpointException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Seals texts with a checksum, which reveals damage. */
final class CheckedText {
  /** The first line: a name, the format's version, the checksum of everything that follows. */
  private static final String HEADER = "milvus-cdc-store 1 %08x\n";

  private CheckedText() {}

  static String seal(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HEADER.formatted(crc.getValue()) + body;
  }

  /**
   * Reads the format of {@link #seal}.
   *
   * @param damage creates the exception to throw if the text is damaged
   */
  static String open(String text, Supplier<CorruptCheckpointException> damage) {
    String body = text.substring(text.indexOf('\n') + 1);
    if (!text.equals(seal(body))) {
      throw damage.get();
    }
    return body;
  }
}
