package io.milvus.cdc.store;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CheckpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores each text in a file {@code <name>.json} of one directory, with a checksum. A file is
 * written as a whole, forced to disk and renamed into place. The former text stays as {@code
 * <name>.json.previous}.
 *
 * <p>A lock on {@code <name>.lock} excludes a second process while this one lives. It needs a file
 * system with working locks, which some network file systems do not have.
 */
public final class FileStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
  private static final String SUFFIX = ".json";

  private final Path directory;

  private FileStore(Path directory) {
    this.directory = directory;
  }

  /** Returns a store in this directory, which is created on first use. */
  public static FileStore at(Path directory) {
    return new FileStore(Objects.requireNonNull(directory, "directory"));
  }

  @Override
  public Claim claim(String name) {
    FileChannel channel = null;
    try {
      create();
      channel =
          FileChannel.open(
              directory.resolve(name + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FileClaim(directory.resolve(name + SUFFIX), channel);
      }
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw taken(name, e);
    } catch (IOException e) {
      close(channel);
      throw new CheckpointException(
          "Directory %s cannot be written: %s.".formatted(directory, e),
          "Set a directory that this process may write.",
          e);
    }
    close(channel);
    throw taken(name, null);
  }

  private void create() throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      LOG.info("Created directory {} for the state of tasks", directory.toAbsolutePath());
    }
  }

  private AlreadyOwnedException taken(String name, @Nullable Exception cause) {
    return new AlreadyOwnedException(
        "'%s' in %s is owned by a running process, or by another engine of this process."
            .formatted(name, directory),
        "",
        cause);
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new CheckpointException("A lock file did not close", "", e);
    }
  }

  @Override
  public Optional<String> read(String name) {
    return FileClaim.read(directory.resolve(name + SUFFIX));
  }

  @Override
  public List<String> names() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX) || file.endsWith(SUFFIX + FileClaim.PREVIOUS))
          .map(file -> file.substring(0, file.lastIndexOf(SUFFIX)))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new CheckpointException("Directory %s cannot be read".formatted(directory), "", e);
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
