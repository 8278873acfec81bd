package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.MilvusClient;
import java.time.Duration;
import java.util.List;

/**
 * Collects the settings of a workload. Each setter states its default. The workload creates its
 * databases and its collections; {@link #drop} removes them.
 */
public final class MixedWorkload {
  private final MilvusClient source;
  private List<String> databases = List.of("workload");
  private List<Shape> shapes = Schemas.all(8);
  private long seed = System.nanoTime();
  private int threads = 2;
  private int batch = 400;
  private long rows = Long.MAX_VALUE;
  private double rowsPerSecond;
  private Duration betweenChanges = Duration.ofSeconds(1);
  private boolean stopOnError = true;
  private boolean manyDeletes;
  private int starts;

  private MixedWorkload(MilvusClient source) {
    this.source = source;
  }

  public static MixedWorkload on(MilvusClient source) {
    return new MixedWorkload(source);
  }

  /**
   * Sets the databases to write to; the kinds of collections alternate. Default: the database
   * {@code workload}.
   */
  public MixedWorkload databases(String... names) {
    databases = List.of(names);
    return this;
  }

  /**
   * Sets the kinds of collections to write to. Default: all of them, with vectors of 8 dimensions.
   */
  public MixedWorkload shapes(List<Shape> kinds) {
    shapes = List.copyOf(kinds);
    return this;
  }

  /** Sets the seed of the random numbers. Default: a different seed each time. */
  public MixedWorkload seed(long number) {
    seed = number;
    return this;
  }

  /** Sets the number of threads that write. Default: 2. */
  public MixedWorkload threads(int count) {
    threads = count;
    return this;
  }

  /** Sets the average number of rows in a large insert. Default: 400. */
  public MixedWorkload batch(int rowsEach) {
    batch = Math.max(8, rowsEach);
    return this;
  }

  /**
   * Sets the number of rows after which it ends. Default: none, so that it runs until it is
   * stopped.
   */
  public MixedWorkload rows(long total) {
    rows = total;
    return this;
  }

  /** Sets the highest number of rows a second, in all threads together. Default: no limit. */
  public MixedWorkload rate(double rowsEachSecond) {
    rowsPerSecond = rowsEachSecond;
    return this;
  }

  /**
   * Sets how often each thread creates or drops a partition or a collection, or writes to one of
   * these. Zero for never. Default: each second.
   */
  public MixedWorkload betweenChanges(Duration pause) {
    betweenChanges = pause;
    return this;
  }

  /** Deletes about a third of the rows again, and replaces about a fifth. Default: fewer. */
  public MixedWorkload manyDeletes() {
    manyDeletes = true;
    return this;
  }

  /**
   * Continues after errors, which occur when a source is killed. Default: the first error ends it.
   */
  public MixedWorkload goOnAfterErrors() {
    stopOnError = false;
    return this;
  }

  /**
   * Creates missing databases and collections, and starts to write. Each start uses keys of its
   * own. Another object on the same databases would use the same keys, and duplicate the rows.
   */
  public RunningWorkload start() {
    RunningWorkload running =
        new RunningWorkload(seed, rows, new Pace(rowsPerSecond, 0), stopOnError);
    Setting setting = new Setting(source, databases, shapes);
    setting.create();
    for (int thread = 0; thread < threads; thread++) {
      running.begin(worker(setting, running.owner(starts * 2 * threads + thread)), thread);
    }
    starts++;
    return running;
  }

  private Worker worker(Setting setting, Owner owner) {
    return new Worker(
        setting.writers(owner),
        betweenChanges.isZero() ? List.of() : setting.passing(owner, threads),
        owner.random(),
        batch,
        manyDeletes,
        betweenChanges);
  }

  /** Drops the databases with all their collections. */
  public void drop() {
    databases.forEach(source::dropDatabaseWithCollections);
  }
}
