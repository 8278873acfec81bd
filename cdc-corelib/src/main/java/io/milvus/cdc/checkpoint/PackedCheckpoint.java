package io.milvus.cdc.checkpoint;

import io.milvus.cdc.error.CorruptCheckpointException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Checkpoints as short plain text, for stores that have limits: compressed, in base 64. */
final class PackedCheckpoint {
  private PackedCheckpoint() {}

  static String pack(Checkpoint checkpoint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(CheckpointText.write(checkpoint).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Memory refused a write", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /**
   * Reads what {@link #pack} made.
   *
   * @param task whose it is, and where, for messages
   * @throws CorruptCheckpointException where it is anything else
   */
  static Checkpoint unpack(String task, String packed) {
    try (GZIPInputStream unpacking =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
      String text = new String(unpacking.readAllBytes(), StandardCharsets.UTF_8);
      return CheckpointText.read(text, () -> damage(task, null));
    } catch (IOException | IllegalArgumentException e) {
      throw damage(task, e);
    }
  }

  static CorruptCheckpointException damage(String task, @Nullable Exception cause) {
    return new CorruptCheckpointException(
        ("The checkpoint of %s is damaged. Nothing was started. Restore it from a backup of this very"
                + " moment. Or delete the task and the target's collections, and start anew.")
            .formatted(task),
        cause);
  }
}
