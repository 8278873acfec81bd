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
 * A source in memory, for tests. Its changes come out as a Milvus's would: as messages on several
 * channels, in the order in which they were made, with hybrid timestamps of the system's clock, and
 * ticks whenever somebody reads. Thread-safe.
 *
 * <p>It forgets nothing that it was ever told, so a task can begin anew at any time, and so that
 * one source is for one test. Rows have the types of {@link FieldType}, and all of a row's fields
 * have values. Indexes, loads, aliases, users and bulk imports it does not have.
 */
public final class InMemorySource implements ChangeSource {
  private static final int CHANNELS = 2;

  private final SourceLog log;

  /** Where each task's readers began, by task and channel. */
  private final Map<String, Map<String, Integer>> beginnings = new HashMap<>();

  /** An empty source with two channels. */
  public InMemorySource() {
    this(CHANNELS);
  }

  /**
   * An empty source with so many channels; every collection has a shard on each.
   *
   * @throws ConfigException where there is none
   */
  public InMemorySource(int channels) {
    if (channels < 1) {
      throw new ConfigException(
          "A source needs a channel or more, not %d.".formatted(channels), "");
    }
    this.log = new SourceLog(channels);
  }

  /** Makes a collection in the database {@code default}. */
  public InMemoryCollection create(String name, Field... fields) {
    return createIn("default", name, fields);
  }

  /**
   * Makes a collection in a database, which is made, too, where there is none.
   *
   * @throws ConfigException where the name is taken, or the fields lack a primary key or a name
   */
  public InMemoryCollection createIn(String database, String name, Field... fields) {
    return InMemoryCollection.create(log, database, name, List.of(fields));
  }

  @Override
  public Inspection check() {
    return Inspection.clean();
  }

  @Override
  public SourceSession open(String task) {
    return new InMemorySession(log, (channel, from) -> begin(task, channel, from));
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
