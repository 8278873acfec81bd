package io.milvus.cdc.http.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.CorruptCheckpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps each task in a file {@code <id>.json} of one directory, which a lock keeps for itself. */
public final class FileTaskStore implements TaskStore {
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final RecordJson json;
  private final FileChannel lock;

  private FileTaskStore(Path directory, Vault vault, FileChannel lock) {
    this.directory = directory;
    this.json = new RecordJson(vault);
    this.lock = lock;
  }

  /**
   * Opens the store in this directory, which is made where it is missing.
   *
   * @throws ConfigException where another server has it, or it cannot be used
   */
  public static FileTaskStore open(Path directory, Vault vault) {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve("server.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FileTaskStore(directory, vault, channel);
      }
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw taken(directory, e);
    } catch (IOException e) {
      close(channel);
      throw new ConfigException(
          "Directory %s cannot keep tasks: %s. Give one as 'state' that this process may write."
              .formatted(directory, e),
          e);
    }
    close(channel);
    throw taken(directory, null);
  }

  private static ConfigException taken(Path directory, @Nullable Exception cause) {
    return new ConfigException(
        "Directory %s belongs to a server that runs. Stop that one, or give this one another directory as 'state'."
            .formatted(directory),
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
  public List<TaskRecord> load() {
    List<TaskRecord> tasks = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        tasks.add(read(file));
      }
    } catch (IOException e) {
      throw new CheckpointException("Directory %s cannot be read: %s".formatted(directory, e), e);
    }
    return tasks;
  }

  private TaskRecord read(Path file) throws IOException {
    try {
      return json.read(new CheckedFile(file).read());
    } catch (JsonProcessingException e) {
      throw new CorruptCheckpointException(
          "Task file %s is no valid one: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  @Override
  public synchronized void save(TaskRecord task) {
    // Outside the try: what a vault refuses is no fault of the disk.
    String text = json.write(task);
    try {
      fileOf(task.id()).write(text);
    } catch (IOException e) {
      throw new CheckpointException(
          "Task '%s' cannot be stored in %s: %s. Make room or mend its permissions."
              .formatted(task.id(), directory, e),
          e);
    }
  }

  private CheckedFile fileOf(String id) {
    return new CheckedFile(directory.resolve(id + SUFFIX));
  }

  @Override
  public synchronized void delete(String id) {
    try {
      fileOf(id).delete();
    } catch (IOException e) {
      throw new CheckpointException(
          "Task '%s' cannot be deleted in %s: %s".formatted(id, directory, e), e);
    }
  }

  @Override
  public void close() {
    close(lock);
  }
}
