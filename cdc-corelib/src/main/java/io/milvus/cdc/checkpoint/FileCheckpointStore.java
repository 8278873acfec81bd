package io.milvus.cdc.checkpoint;

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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each task in a file {@code <task>.json} of one directory, written whole, forced to disk and
 * renamed into place, with a checksum and the generation before it as {@code <task>.json.previous}.
 *
 * <p>A lock on {@code <task>.lock} keeps a second process away for as long as this one lives. It
 * needs a file system with working locks: not every network file system has them.
 */
public final class FileCheckpointStore implements CheckpointStore {
  private static final String SUFFIX = ".json";

  private final Path directory;

  private FileCheckpointStore(Path directory) {
    this.directory = directory;
  }

  /** A store in this directory, which is made when it is first needed. */
  public static FileCheckpointStore at(Path directory) {
    return new FileCheckpointStore(directory);
  }

  @Override
  public CheckpointClaim claim(String task) {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve(task + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FileClaim(directory.resolve(task + SUFFIX), channel);
      }
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw taken(task, e);
    } catch (IOException e) {
      close(channel);
      throw new CheckpointException(
          "Directory %s cannot keep checkpoints: %s. Give one that this process may write."
              .formatted(directory, e),
          e);
    }
    close(channel);
    throw taken(task, null);
  }

  private AlreadyOwnedException taken(String task, @Nullable Exception cause) {
    return new AlreadyOwnedException(
        ("Task '%s' in %s is owned by a running engine. Stop that one first, or give this task another"
                + " id or directory.")
            .formatted(task, directory),
        cause);
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new CheckpointException("A lock file did not close", e);
    }
  }

  @Override
  public Optional<Checkpoint> read(String task) {
    return FileClaim.read(directory.resolve(task + SUFFIX));
  }

  @Override
  public List<String> tasks() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) || name.endsWith(SUFFIX + FileClaim.PREVIOUS))
          .map(name -> name.substring(0, name.lastIndexOf(SUFFIX)))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new CheckpointException("Directory %s cannot be read".formatted(directory), e);
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
