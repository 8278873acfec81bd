package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.targets.TargetSession;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps indexes, load state and properties in sync with the source. Each connection begins with all
 * collections. So it repairs missed changes and manual changes on the target. For one thread,
 * except {@link #limitations}.
 */
final class ServingSync implements Follower {
  private final TargetSession target;
  private final boolean properties;
  private final TaskReport report;
  private final Map<Long, Serving> served = new HashMap<>();
  private final Chores<Long, Work> chores;

  /**
   * Creates a sync that knows nothing of the target.
   *
   * @param properties whether the source reports its current properties
   */
  ServingSync(TargetSession target, boolean properties, TaskReport report, InstantSource time) {
    this.target = target;
    this.properties = properties;
    this.report = report;
    this.chores = new Chores<>(time, report::limited);
  }

  /** The pending work for one collection. */
  private record Work(String database, CollectionEntry collection, Serving wanted) {}

  @Override
  public void plan(Catalog has, Catalog source) {
    served.keySet().retainAll(has.collections().keySet());
    chores.retainAll(has.collections().keySet());
    for (CollectionEntry collection : has.collections().values()) {
      CollectionEntry now = source.collections().get(collection.id());
      if (now == null || now.dropped()) {
        chores.remove(collection.id());
      } else {
        plan(collection, now, source);
      }
    }
  }

  private void plan(CollectionEntry collection, CollectionEntry now, Catalog source) {
    long id = collection.id();
    Serving all = source.serving(id);
    Serving wanted =
        new Serving(
            all.indexes(),
            all.load().of(collection.partitions().keySet()),
            properties ? now.properties() : Map.of());
    Work planned = chores.get(id);
    if (wanted.equals(served.get(id))) {
      chores.remove(id);
    } else if (planned == null || !wanted.equals(planned.wanted())) {
      DatabaseEntry database = source.databases().get(collection.databaseId());
      chores.put(id, new Work(database == null ? "" : database.name(), collection, wanted));
    }
  }

  @Override
  public boolean isDue() {
    return chores.isDue();
  }

  @Override
  public boolean step() throws InterruptedException {
    return chores.step(this::serve);
  }

  private String serve(long id, Work work) throws InterruptedException {
    String why = target.applyIndexes(work.collection(), work.wanted()).limitation();
    if (why.isEmpty()) {
      served.put(id, work.wanted());
      report.served(work.database(), work.collection().name(), work.wanted());
    } else {
      served.remove(id);
    }
    return why;
  }

  @Override
  public List<String> limitations() {
    return chores.limitations();
  }
}
