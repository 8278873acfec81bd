package io.milvus.cdc.store;

import io.milvus.cdc.error.CorruptCheckpointException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Texts that show when they were damaged. */
final class CheckedText {
  /** The first line: a name, the format's version, the checksum of all that follows. */
  private static final String HEADER = "milvus-cdc-store 1 %08x\n";

  private CheckedText() {}

  static String seal(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HEADER.formatted(crc.getValue()) + body;
  }

  /**
   * Reads what {@link #seal} made.
   *
   * @param damage what to throw where it was damaged since
   */
  static String open(String text, Supplier<CorruptCheckpointException> damage) {
    String body = text.substring(text.indexOf('\n') + 1);
    if (!text.equals(seal(body))) {
      throw damage.get();
    }
    return body;
  }
}
