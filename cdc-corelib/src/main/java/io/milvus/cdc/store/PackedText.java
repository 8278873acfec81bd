package io.milvus.cdc.store;

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

/** Packs texts as short plain text, for stores with limits: compressed, in base 64. */
final class PackedText {
  private PackedText() {}

  static String pack(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(CheckedText.seal(text).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Memory refused a write", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /**
   * Reads the format of {@link #pack}.
   *
   * @param what a description of the text and its place, for messages
   * @throws CorruptCheckpointException if it is any other text
   */
  static String unpack(String what, String packed) {
    try (GZIPInputStream unpacking =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
      String text = new String(unpacking.readAllBytes(), StandardCharsets.UTF_8);
      return CheckedText.open(text, () -> damage(what, null));
    } catch (IOException | IllegalArgumentException e) {
      throw damage(what, e);
    }
  }

  static CorruptCheckpointException damage(String what, @Nullable Exception cause) {
    return new CorruptCheckpointException("%s is damaged.".formatted(what), "", cause);
  }
}
