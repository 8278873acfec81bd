package io.milvus.cdc.http.task;

import io.milvus.cdc.error.CorruptCheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A text in a file that is replaced whole or not at all, and tells where it was damaged. */
final class CheckedFile {
  private static final String HEADER = "milvus-cdc-task 1 %08x\n";

  private final Path file;

  CheckedFile(Path file) {
    this.file = file;
  }

  void write(String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(HEADER.formatted(checksum(text)) + text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
    forceDirectory();
  }

  private void forceDirectory() throws IOException {
    try (FileChannel directory =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  String read() throws IOException {
    String all = Files.readString(file);
    String text = all.substring(all.indexOf('\n') + 1);
    if (!all.equals(HEADER.formatted(checksum(text)) + text)) {
      throw new CorruptCheckpointException(
          "Task file %s is damaged: its checksum does not match. Restore it from a backup, or move it away and create the task again under the same id: it goes on from its checkpoint."
              .formatted(file));
    }
    return text;
  }

  private static long checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
