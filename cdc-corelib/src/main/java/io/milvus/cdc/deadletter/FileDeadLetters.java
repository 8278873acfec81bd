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
 * Keeps the letters of each task in a file {@code <task>.letters} of one directory, one JSON object
 * a line, forced to disk. Nothing is ever removed: move the file away when you are done with it. A
 * line of half a letter, from a crash, is passed over by readers and cut off by the next letter.
 */
public final class FileDeadLetters implements DeadLetters {
  private static final String SUFFIX = ".letters";

  private final Path directory;
  private final Map<String, RecentKeys> known = new HashMap<>();

  private FileDeadLetters(Path directory) {
    this.directory = directory;
  }

  /** Letters in this directory, which is made when it is first needed. */
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
          "Make room, or mend its permissions; the task waits for that.",
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
      // The name of a new file survives a crash only with its directory.
      try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
        parent.force(true);
      }
    }
    return channel;
  }

  /**
   * Shows the letters of a task, oldest first, one by one. A message may be among them twice where
   * very many were set aside at once around a crash: channel and position tell.
   *
   * @throws ConfigException where the file is damaged
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
          // The last one, of which a crash or a writer at work left only a part so far.
        }
      }
    } catch (IOException e) {
      throw new ConfigException(
          "Line %d of %s holds no letter: %s.".formatted(number, file, e.getMessage()),
          "Move the file away, or remove that line.",
          e);
    }
  }

  /** All letters of a task, oldest first, as {@link #forEach} shows them. */
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
