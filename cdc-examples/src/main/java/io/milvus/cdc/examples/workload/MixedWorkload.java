package io.milvus.cdc.examples.workload;

import io.milvus.cdc.examples.client.MilvusClient;
import java.time.Duration;
import java.util.List;

/**
 * Collects what a workload should be. Every setter's default is in its description. It makes its
 * databases and its collections; {@link #drop} takes them away.
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
  private int starts;

  private MixedWorkload(MilvusClient source) {
    this.source = source;
  }

  public static MixedWorkload on(MilvusClient source) {
    return new MixedWorkload(source);
  }

  /**
   * Where to write; the kinds of collections take turns. Default: the database {@code workload}.
   */
  public MixedWorkload databases(String... names) {
    databases = List.of(names);
    return this;
  }

  /** The kinds of collections to write to. Default: all of them, with vectors of 8 dimensions. */
  public MixedWorkload shapes(List<Shape> kinds) {
    shapes = List.copyOf(kinds);
    return this;
  }

  /** What the random numbers follow from. Default: another one each time. */
  public MixedWorkload seed(long number) {
    seed = number;
    return this;
  }

  /** How many threads write. Default 2. */
  public MixedWorkload threads(int count) {
    threads = count;
    return this;
  }

  /** How many rows a large insert has, on average. Default 400. */
  public MixedWorkload batch(int rowsEach) {
    batch = Math.max(8, rowsEach);
    return this;
  }

  /** After how many rows to end. Default: never, until it is stopped. */
  public MixedWorkload rows(long total) {
    rows = total;
    return this;
  }

  /**
   * How many rows a second to write at most, in all threads together. Default: as fast as it goes.
   */
  public MixedWorkload rate(double rowsEachSecond) {
    rowsPerSecond = rowsEachSecond;
    return this;
  }

  /**
   * How often each thread creates or drops a partition or a collection, or writes to one of those.
   * Zero for never. Default: each second.
   */
  public MixedWorkload betweenChanges(Duration pause) {
    betweenChanges = pause;
    return this;
  }

  /** Goes on after errors, which come when a source is killed. Default: the first one ends it. */
  public MixedWorkload goOnAfterErrors() {
    stopOnError = false;
    return this;
  }

  /**
   * Makes what is missing, and begins to write. Each start uses keys of its own; those of another
   * object on the same databases would be the same, and the rows doubled.
   */
  public RunningWorkload start() {
    RunningWorkload running = new RunningWorkload(seed, rows, new Pace(rowsPerSecond), stopOnError);
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
        betweenChanges);
  }

  /** Drops the databases with all that is in them. */
  public void drop() {
    databases.forEach(source::dropDatabaseWithCollections);
  }
}
