package io.milvus.cdc.memory;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Provides changes from memory, for tests. Like a Milvus it sends them as messages on several
 * channels, in order, with hybrid timestamps of the system's clock. It sends ticks while it is
 * read. Thread-safe.
 *
 * <p>It retains all changes until {@link #forgetMessages}, so a task can start again at any time.
 * Use one source for one test. Rows have the types of {@link FieldType}, and a value for every
 * field. There are no indexes, loads, aliases, users and bulk imports.
 */
public final class InMemorySource implements ChangeSource {
  private static final int CHANNELS = 2;

  private final SourceLog log;

  /** The first position of each task's readers, by task and channel. */
  private final Map<String, Map<String, Integer>> beginnings = new HashMap<>();

  /** Creates an empty source with two channels. */
  public InMemorySource() {
    this(CHANNELS);
  }

  /**
   * Creates an empty source with this number of channels. Every collection has a shard on each.
   *
   * @throws ConfigException if the number is not positive
   */
  public InMemorySource(int channels) {
    if (channels < 1) {
      throw new ConfigException(
          "A source needs at least one channel, not %d.".formatted(channels), "");
    }
    this.log = new SourceLog(channels);
  }

  /**
   * Creates a collection in the database {@code default}.
   *
   * @throws ConfigException if the name is in use, or if the fields lack a primary key or a name
   */
  public InMemoryCollection create(String name, Field... fields) {
    return createIn("default", name, fields);
  }

  /**
   * Creates a collection in a database. Creates the database if it does not exist.
   *
   * @throws ConfigException if the name is in use, or if the fields lack a primary key or a name
   */
  public InMemoryCollection createIn(String database, String name, Field... fields) {
    return InMemoryCollection.create(log, database, name, List.of(fields));
  }

  @Override
  public Inspection check() {
    return Inspection.clean();
  }

  @Override
  public boolean readsExistingRows() {
    return true;
  }

  @Override
  public boolean canFlush() {
    return true;
  }

  @Override
  public SourceSession open(String task) {
    return new InMemorySession(log, (channel, from) -> begin(task, channel, from));
  }

  /**
   * Forgets all messages that were sent so far, like a queue with a short retention. The rows stay,
   * so a task can start from the existing rows. It can no longer start from the earliest message.
   */
  public void forgetMessages() {
    log.forgetMessages();
  }

  private synchronized int begin(String task, String channel, ReadFrom from) {
    Map<String, Integer> known = beginnings.computeIfAbsent(task, name -> new HashMap<>());
    if (from instanceof ReadFrom.Resume resume) {
      return number(resume.position());
    }
    int begin =
        from instanceof ReadFrom.Continue
            ? known.getOrDefault(channel, 0)
            : from instanceof ReadFrom.At at
                ? number(at.position())
                : from instanceof ReadFrom.Latest ? log.size(channel) : 0;
    known.put(channel, begin);
    return begin;
  }

  private static int number(Position position) {
    return Integer.parseInt(position.text());
  }

  @Override
  public synchronized void forget(String task) {
    beginnings.remove(task);
  }

  @Override
  public String toString() {
    return "source in memory";
  }
}
