package io.milvus.cdc.store;

import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.error.StaleOwnerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Owns one file, while its lock is held. */
final class FileClaim implements Claim {
  /** The suffix of the file with the former text. */
  static final String PREVIOUS = ".previous";

  private static final int READS = 3;

  private final Path file;
  private final Path previous;
  private final Path next;
  private final FileChannel lock;

  FileClaim(Path file, FileChannel lock) {
    this.file = file;
    this.previous = previousOf(file);
    this.next = file.resolveSibling(file.getFileName() + ".next");
    this.lock = lock;
  }

  @Override
  public Optional<String> load() {
    return read(file);
  }

  /** Returns the text of a file, regardless of its owner. */
  static Optional<String> read(Path file) {
    for (int attempt = 1; ; attempt++) {
      try {
        // Between the two renames of a save only the previous file is in place. Nothing has been
        // sent yet that relies on the new one.
        Path newest = Files.exists(file) ? file : previousOf(file);
        return Files.exists(newest) ? Optional.of(parse(newest)) : Optional.empty();
      } catch (NoSuchFileException e) {
        // Its owner renamed it at this moment.
        if (attempt == READS) {
          throw unreadable(file, e);
        }
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
  }

  private static CheckpointException unreadable(Path file, IOException cause) {
    return new CheckpointException(
        "%s cannot be read: %s.".formatted(file, cause),
        "Grant this process read access to it.",
        cause);
  }

  private static Path previousOf(Path file) {
    return file.resolveSibling(file.getFileName() + PREVIOUS);
  }

  private static String parse(Path from) throws IOException {
    String text = new String(Files.readAllBytes(from), StandardCharsets.UTF_8);
    return CheckedText.open(
        text,
        () ->
            new CorruptCheckpointException(
                "%s is damaged: its checksum does not match.".formatted(from),
                "The generation before it is %s.".formatted(previousOf(from))));
  }

  @Override
  public void save(String text) {
    requireOwned();
    try {
      writeDurably(CheckedText.seal(text));
      if (Files.exists(file)) {
        Files.move(file, previous, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory =
          FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new CheckpointException(
          "%s cannot be written: %s.".formatted(file, e),
          "Free disk space or correct its permissions, then resume.",
          e);
    }
  }

  @Override
  public void requireOwned() {
    if (!lock.isOpen()) {
      throw new StaleOwnerException("The claim on %s was released.".formatted(file), "");
    }
  }

  private void writeDurably(String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  @Override
  public void delete() {
    requireOwned();
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(previous);
      Files.deleteIfExists(next);
    } catch (IOException e) {
      throw new CheckpointException("%s cannot be deleted: %s".formatted(file, e), "", e);
    }
  }

  @Override
  public void close() {
    try {
      // Closing the channel releases the lock.
      lock.close();
    } catch (IOException e) {
      throw new CheckpointException("Lock of %s did not close".formatted(file), "", e);
    }
  }
}
