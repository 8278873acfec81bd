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
 * Compares a source with a target while nobody writes to the source. Every setter's default is in
 * its description. Both sides are told nothing but what reading needs: see the package.
 */
public final class Comparison {
  /** What Milvus answers at most to one query. */
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

  /** A comparison of everything on both sides; nothing is contacted yet. */
  public static Comparison of(MilvusEndpoint source, MilvusEndpoint target) {
    return new Comparison(source, target);
  }

  /**
   * Compares only some collections, by database and name on the source; a database itself is asked
   * about with an empty collection. Default: all.
   */
  public Comparison only(BiPredicate<String, String> some) {
    selection = some;
    return this;
  }

  /** Compares only what a task with this selection replicates. Default: all. */
  public Comparison only(Selection some) {
    return only(
        (database, collection) ->
            collection.isEmpty() ? some.includes(database) : some.includes(database, collection));
  }

  /** Compares whole databases only. Default: all. */
  public Comparison databases(String... some) {
    return only(Selection.databases(some));
  }

  /** What things are called on the target. Default: the same. */
  public Comparison renamed(NameMapping mapping) {
    names = mapping;
    return this;
  }

  /**
   * Reads the target as of a timestamp, such as {@code () -> task.status().readTimestamp()}, which
   * is asked for before each try. Default: reads whatever is there.
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

  /** Reads the target as an ordinary instance: all that was written before the read. */
  public Comparison targetReadStrong() {
    targetReadAt = there -> ReadAt.timestamp(there.timestamp());
    return this;
  }

  /**
   * Compares with a target that gets client writes: keys that the source makes up are given there,
   * and several rows of the source with one key in a partition count as one. Of a Milvus Lite only
   * that is compared which it can have: not numbers of shards, consistency, aliases, descriptions,
   * how partition keys spread, and names and all parameters of indexes; JSON is compared by its
   * meaning. Default: the target is to be equal in all.
   */
  public Comparison clientWrites() {
    clientWrites = true;
    return this;
  }

  /**
   * Releases and loads the source's collections first. After its queue restarted, a Milvus 2.3
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
   * Loads on both sides what is not loaded, to read it, and first indexes what has no index: a task
   * that replicates the source does the same on the target. Default: what is not loaded is not
   * read, and so not equal.
   */
  public Comparison load() {
    load = true;
    return this;
  }

  /** Releases afterwards what was loaded to be read. Default: no. */
  public Comparison release() {
    release = true;
    return this;
  }

  /** How many differences to tell about each collection. Default 10. */
  public Comparison mostDifferences(int most) {
    mostDifferences = between(1, most, Integer.MAX_VALUE, "mostDifferences");
    return this;
  }

  /** How many rows of each side to hold in memory; Milvus allows 16384. Default 4096. */
  public Comparison pageRows(int rows) {
    pageRows = between(1, rows, MOST_ROWS, "pageRows");
    return this;
  }

  private static int between(int least, int value, int most, String name) {
    if (value < least || value > most) {
      throw new ConfigException(
          "%s is %d.".formatted(name, value),
          "Give a number from %d to %d.".formatted(least, most));
    }
    return value;
  }

  /** How long loading a collection may take. Default 3 min. */
  public Comparison loadWithin(Duration atMost) {
    loadWithin = atMost;
    return this;
  }

  /**
   * Compares again what is not equal, for this long, which all collections share; each is tried
   * once at least. Default: once is enough.
   */
  public Comparison retryFor(Duration atMost) {
    retryFor = atMost;
    return this;
  }

  /** How long to try where a side is away or not ready. Default 1 min. */
  public Comparison patience(Duration atMost) {
    patience = atMost;
    return this;
  }

  /**
   * Compares. Indexes and loads come first, as they are, and then the rows.
   *
   * @throws CdcException where a side cannot be asked what it has, or nothing can be read yet
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
