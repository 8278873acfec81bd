package io.milvus.cdc.examples.compare;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.examples.client.MilvusClient;
import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.cdc.examples.client.MilvusException;
import io.milvus.cdc.examples.client.ReadAt;
import io.milvus.cdc.examples.compare.CatalogComparison.Catalogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a source with a target while nobody writes to the source. Every setter's default is in
 * its description.
 */
public final class Comparison {
  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final MilvusClient source;
  private final MilvusClient target;
  private NameMapping names = NameMapping.none();
  private BiPredicate<String, String> selection = (database, collection) -> true;
  private Supplier<ReadAt> targetReadAt = ReadAt::eventually;
  private boolean reloadSource;
  private boolean reloadTarget;
  private boolean release;
  private int mostDifferences = 10;
  private int pageRows = 4096;
  private Duration loadWithin = Duration.ofMinutes(3);
  private Duration retryFor = Duration.ZERO;

  private Comparison(MilvusClient source, MilvusClient target) {
    this.source = source;
    this.target = target;
  }

  public static Comparison of(MilvusClient source, MilvusClient target) {
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

  /** Compares whole databases only. Default: all. */
  public Comparison databases(String... names) {
    List<String> some = List.of(names);
    return only((database, collection) -> some.contains(database));
  }

  /** What things are called on the target. Default: the same. */
  public Comparison renamed(NameMapping mapping) {
    names = mapping;
    return this;
  }

  /**
   * Reads the target as of a hybrid timestamp, such as {@code () -> task.status().readTimestamp()},
   * which is asked for before each try. Default: reads whatever is there.
   */
  public Comparison targetReadAt(LongSupplier guarantee) {
    targetReadAt = () -> ReadAt.timestamp(positive(guarantee.getAsLong()));
    return this;
  }

  private static long positive(long guarantee) {
    if (guarantee <= 0) {
      throw new IllegalStateException("Nothing can be read yet: the task has not begun its work");
    }
    return guarantee;
  }

  /** Reads the target as an ordinary instance: all that was written before the read. */
  public Comparison targetReadStrong() {
    targetReadAt = () -> ReadAt.timestamp(target.timestamp());
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

  /** Releases afterwards what was not loaded before. Default: no. */
  public Comparison release() {
    release = true;
    return this;
  }

  /** How many differences to tell about each collection. Default 10. */
  public Comparison mostDifferences(int most) {
    mostDifferences = most;
    return this;
  }

  /** How many rows of each side to hold in memory; Milvus allows 16384. Default 4096. */
  public Comparison pageRows(int rows) {
    pageRows = rows;
    return this;
  }

  /** How long loading a collection may take. Default 3 min. */
  public Comparison loadWithin(Duration atMost) {
    loadWithin = atMost;
    return this;
  }

  /** Compares again what is not equal, for this long. Default: once is enough. */
  public Comparison retryFor(Duration atMost) {
    retryFor = atMost;
    return this;
  }

  /**
   * Compares. Indexes and loads come first, as they are: what is not loaded is loaded on both sides
   * after that, to be read.
   *
   * <p>The time to retry is shared by all collections; each is tried once at least.
   */
  public Verdict run() {
    long giveUp = System.nanoTime() + retryFor.toNanos();
    Scope scope = new Scope(selection, names);
    CatalogComparison catalog = new CatalogComparison(source, target, scope);
    Catalogs catalogs = catalog.run(mostDifferences);
    while (!catalogs.differences().isEmpty() && timeIsLeft(giveUp)) {
      catalogs = catalog.run(mostDifferences);
    }
    ServingComparison serving = new ServingComparison(source, target, scope);
    List<Difference> served = serving.run(catalogs.common(), mostDifferences);
    while (!served.isEmpty() && timeIsLeft(giveUp)) {
      served = serving.run(catalogs.common(), mostDifferences);
    }
    List<CollectionComparison> comparisons =
        catalogs.common().stream().map(place -> comparison(place, scope)).toList();
    comparisons.forEach(Comparison::tryToPrepare);
    List<CollectionVerdict> verdicts = new ArrayList<>();
    for (CollectionComparison comparison : comparisons) {
      verdicts.add(verdict(comparison, giveUp));
      if (release) {
        comparison.release();
      }
    }
    return new Verdict(
        Stream.concat(catalogs.differences().stream(), served.stream()).toList(), verdicts);
  }

  private CollectionComparison comparison(Place place, Scope scope) {
    MilvusCollection ours = source.collection(place.database(), place.collection());
    Place there = scope.onTarget(place);
    MilvusCollection theirs = target.collection(there.database(), there.collection());
    return new CollectionComparison(
        place,
        new Side(ours, () -> ReadAt.timestamp(source.timestamp())),
        new Side(theirs, targetReadAt),
        new Options(reloadSource, reloadTarget, mostDifferences, pageRows, loadWithin));
  }

  private static void tryToPrepare(CollectionComparison comparison) {
    try {
      comparison.prepare();
    } catch (MilvusException e) {
      LOG.debug("Not prepared yet: the comparison will try again and tell", e);
    }
  }

  private static CollectionVerdict verdict(CollectionComparison comparison, long giveUp) {
    CollectionVerdict verdict = comparison.run();
    while (!verdict.equal() && timeIsLeft(giveUp)) {
      verdict = comparison.run();
    }
    return verdict;
  }

  private static boolean timeIsLeft(long giveUp) {
    if (System.nanoTime() - giveUp > 0) {
      return false;
    }
    try {
      Thread.sleep(PAUSE.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
