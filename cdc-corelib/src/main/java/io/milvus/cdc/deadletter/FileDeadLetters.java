package io.milvus.cdc.deadletter;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stores the letters of each task in a file {@code <task>.letters} of one directory, one JSON
 * object per line, forced to disk. Letters are never removed: move the file away when you no longer
 * need it. If a crash leaves a partial line, readers skip it, and the next letter replaces it.
 */
public final class FileDeadLetters implements DeadLetters {
  private static final String SUFFIX = ".letters";

  private final Path directory;
  private final Map<String, RecentKeys> known = new HashMap<>();

  private FileDeadLetters(Path directory) {
    this.directory = directory;
  }

  /** Returns a store in this directory, which is created on first use. */
  public static FileDeadLetters at(Path directory) {
    return new FileDeadLetters(directory);
  }

  private Path file(String task) {
    return directory.resolve(task + SUFFIX);
  }

  @Override
  public synchronized List<DeadLetter> keep(String task, List<DeadLetter> letters) {
    Path file = file(task);
    boolean done = false;
    try {
      RecentKeys keys = known.computeIfAbsent(task, name -> new RecentKeys());
      List<DeadLetter> fresh = new ArrayList<>();
      try (FileChannel channel = open(file)) {
        WholeLines lines = new WholeLines(channel);
        if (keys.isEmpty()) {
          lines.mend();
          forEach(task, letter -> keys.add(letter.key()));
        }
        letters.stream().filter(letter -> keys.add(letter.key())).forEach(fresh::add);
        lines.append(fresh.stream().map(DeadLetterJson::write).iterator());
      }
      done = true;
      return fresh;
    } catch (IOException e) {
      throw new RetriableException(
          "Messages of task '%s' cannot be set aside in %s: %s.".formatted(task, file, e),
          "Free disk space, or correct its permissions. The task waits for that.",
          e);
    } finally {
      if (!done) {
        known.remove(task);
      }
    }
  }

  private FileChannel open(Path file) throws IOException {
    boolean begins = !Files.exists(file);
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (begins) {
      // A new file's name survives a crash only if its directory is forced to disk, too.
      try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
        parent.force(true);
      }
    }
    return channel;
  }

  /**
   * Passes the letters of a task to a reader, oldest first, one by one. If very many messages were
   * set aside around a crash, a message may be listed twice, with the same channel and position.
   * Blocks on the disk, and on the reader.
   *
   * @throws ConfigException if the file is damaged
   */
  public void forEach(String task, Consumer<DeadLetter> reader) {
    Path file = file(task);
    if (!Files.exists(file)) {
      return;
    }
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        try {
          reader.accept(DeadLetterJson.read(line));
        } catch (IOException e) {
          lines.mark(1);
          if (lines.read() >= 0) {
            throw e;
          }
          // The last line may be partial, after a crash or during a write.
        }
      }
    } catch (IOException e) {
      throw new ConfigException(
          "Line %d of %s holds no letter: %s.".formatted(number, file, e.getMessage()),
          "Move the file away, or remove that line.",
          e);
    }
  }

  /**
   * Returns all letters of a task, oldest first, as {@link #forEach} passes them.
   *
   * @throws ConfigException if the file is damaged
   */
  public List<DeadLetter> read(String task) {
    List<DeadLetter> letters = new ArrayList<>();
    forEach(task, letters::add);
    return letters;
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
