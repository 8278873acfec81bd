package io.milvus.cdc.checkpoint;

import io.milvus.cdc.error.CorruptCheckpointException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Checkpoints as text that shows when it was damaged. */
final class CheckpointText {
  /** The first line: a name, the format's version, the checksum of all that follows. */
  private static final String HEADER = "milvus-cdc-checkpoint 1 %08x\n";

  private CheckpointText() {}

  static String write(Checkpoint checkpoint) {
    return sealed(CheckpointJson.write(checkpoint));
  }

  private static String sealed(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HEADER.formatted(crc.getValue()) + body;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param damage what to throw where it was damaged since
   */
  static Checkpoint read(String text, Supplier<CorruptCheckpointException> damage) {
    String body = text.substring(text.indexOf('\n') + 1);
    if (!text.equals(sealed(body))) {
      throw damage.get();
    }
    return CheckpointJson.read(body);
  }
}
