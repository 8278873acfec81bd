package io.milvus.cdc.compare;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.internal.client.MilvusReader;
import io.milvus.cdc.internal.client.ReadAt;
import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Compares a source with a target while nothing writes to the source. Each setter states its
 * default. Sends only requests that reading needs: see the package.
 */
public final class Comparison {
  /** The most rows that Milvus returns for one query. */
  private static final int MOST_ROWS = 16_384;

  private final MilvusEndpoint source;
  private final MilvusEndpoint target;
  private NameMapping names = NameMapping.none();
  private BiPredicate<String, String> selection = (database, collection) -> true;
  private Function<MilvusReader, ReadAt> targetReadAt = target -> ReadAt.eventually();
  private boolean clientWrites;
  private boolean reloadSource;
  private boolean reloadTarget;
  private boolean load;
  private boolean release;
  private int mostDifferences = 10;
  private int pageRows = 4096;
  private Duration loadWithin = Duration.ofMinutes(3);
  private Duration retryFor = Duration.ZERO;
  private Duration patience = Duration.ofMinutes(1);

  private Comparison(MilvusEndpoint source, MilvusEndpoint target) {
    this.source = source;
    this.target = target;
  }

  /** Returns a comparison of everything on both sides. Contacts nothing yet. */
  public static Comparison of(MilvusEndpoint source, MilvusEndpoint target) {
    return new Comparison(source, target);
  }

  /**
   * Compares only the collections that the predicate accepts, by database and name on the source.
   * For the database itself, the name is empty. Default: all.
   */
  public Comparison only(BiPredicate<String, String> some) {
    selection = some;
    return this;
  }

  /** Compares only the part that a task with this selection replicates. Default: all. */
  public Comparison only(Selection some) {
    return only(
        (database, collection) ->
            collection.isEmpty() ? some.includes(database) : some.includes(database, collection));
  }

  /** Compares only these whole databases. Default: all. */
  public Comparison databases(String... some) {
    return only(Selection.databases(some));
  }

  /** Sets the names on the target. Default: the same. */
  public Comparison renamed(NameMapping mapping) {
    names = mapping;
    return this;
  }

  /**
   * Reads the target as of a timestamp, such as {@code () -> task.status().readTimestamp()}. The
   * supplier is called before each try. Default: reads the rows that are visible.
   */
  public Comparison targetReadAt(Supplier<HybridTime> guarantee) {
    targetReadAt = there -> ReadAt.timestamp(positive(guarantee.get()));
    return this;
  }

  private static long positive(HybridTime guarantee) {
    if (guarantee.isZero()) {
      throw new RetriableException("Nothing can be read yet: the task has not begun its work", "");
    }
    return guarantee.value();
  }

  /** Reads the target with strong consistency: everything that was written before the read. */
  public Comparison targetReadStrong() {
    targetReadAt = there -> ReadAt.timestamp(there.timestamp());
    return this;
  }

  /**
   * Compares with a target of client writes: keys that the source generates are explicit there. If
   * several rows of the source have one key in a partition, they count as one. Default: the target
   * must be equal in everything.
   *
   * <p>Of a Milvus Lite, the comparison leaves out features that it lacks: numbers of shards,
   * consistency, aliases, descriptions and the distribution of partition keys. Of an index it
   * compares the field and the type only. JSON is compared by its meaning.
   */
  public Comparison clientWrites() {
    clientWrites = true;
    return this;
  }

  /**
   * Releases and loads the source's collections first. After its queue was restarted, a Milvus 2.3
   * counts rows twice until then. Default: no.
   */
  public Comparison reloadSource() {
    reloadSource = true;
    return this;
  }

  /** Releases and loads the target's collections first. Default: no. */
  public Comparison reloadTarget() {
    reloadTarget = true;
    return this;
  }

  /**
   * Loads unloaded collections on both sides to read them, and indexes them first if they have no
   * index. A task that replicates the source does the same on the target. Default: unloaded
   * collections are not read, and so they are not equal.
   */
  public Comparison load() {
    load = true;
    return this;
  }

  /** Releases the collections afterwards that were loaded to be read. Default: no. */
  public Comparison release() {
    release = true;
    return this;
  }

  /** Sets the number of differences to list for each collection. Default: 10. */
  public Comparison mostDifferences(int most) {
    mostDifferences = between(1, most, Integer.MAX_VALUE, "mostDifferences");
    return this;
  }

  /** Sets the number of rows of each side to hold in memory. Milvus allows 16384. Default: 4096. */
  public Comparison pageRows(int rows) {
    pageRows = between(1, rows, MOST_ROWS, "pageRows");
    return this;
  }

  private static int between(int least, int value, int most, String name) {
    if (value < least || value > most) {
      throw new ConfigException(
          "%s is %d.".formatted(name, value), "Set a number from %d to %d.".formatted(least, most));
    }
    return value;
  }

  /** Sets the longest time for loading a collection. Default: 3 min. */
  public Comparison loadWithin(Duration atMost) {
    loadWithin = atMost;
    return this;
  }

  /**
   * Compares unequal collections again, for this time in total. Each is tried at least once.
   * Default: one try.
   */
  public Comparison retryFor(Duration atMost) {
    retryFor = atMost;
    return this;
  }

  /** Sets the time for retries if a side is unreachable or not ready. Default: 1 min. */
  public Comparison patience(Duration atMost) {
    patience = atMost;
    return this;
  }

  /**
   * Compares indexes and loads first, as they are, and then the rows. Blocks until all rows were
   * read.
   *
   * @throws CdcException if a side does not list its collections, or if nothing can be read yet
   */
  public Verdict run() {
    try (MilvusReader from = MilvusReader.connect(source, patience);
        MilvusReader to = MilvusReader.connect(target, patience)) {
      Options options =
          new Options(
              reloadSource,
              reloadTarget,
              load,
              release,
              mostDifferences,
              pageRows,
              loadWithin,
              retryFor,
              clientWrites ? to.isLite() ? Likeness.LITE : Likeness.CLIENT_WRITES : Likeness.EXACT);
      return new BothSides(from, to, targetReadAt, new Scope(selection, names), options).compare();
    }
  }
}
