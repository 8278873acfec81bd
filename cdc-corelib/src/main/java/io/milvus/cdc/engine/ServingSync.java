package io.milvus.cdc.engine;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.target.TargetSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Keeps indexes, loads and properties what they are on the source. Each connection begins with all
 * collections, so that a change that was missed, or made by hand on the target, is mended. For one
 * thread, but for {@link #shortcomings}.
 */
final class ServingSync {
  /** When to try again what the target refused; rows are replicated meanwhile. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private final TargetSession target;
  private final boolean properties;
  private final TaskReport report;
  private final InstantSource time;
  private final Map<Long, Serving> served = new HashMap<>();
  private final Map<Long, Work> due = new TreeMap<>();
  private volatile List<String> shortcomings = List.of();

  /**
   * Begins with nothing known of the target.
   *
   * @param properties whether the source tells its present ones
   */
  ServingSync(TargetSession target, boolean properties, TaskReport report, InstantSource time) {
    this.target = target;
    this.properties = properties;
    this.report = report;
    this.time = time;
  }

  /**
   * What is to be done to one collection.
   *
   * @param shortcoming why it was not all done, or empty where it was not tried yet
   * @param notBefore when to try again
   */
  private record Work(
      String database,
      CollectionEntry collection,
      Serving wanted,
      String shortcoming,
      Instant notBefore,
      Duration pause) {
    Work after(String why, Instant now) {
      Duration next = shortcoming.isEmpty() ? FIRST_RETRY : pause.multipliedBy(2);
      Duration longest = next.compareTo(LONGEST_RETRY) < 0 ? next : LONGEST_RETRY;
      return new Work(database, collection, wanted, why, now.plus(longest), longest);
    }
  }

  /** Finds what is to be done to the collections that both sides have. */
  void plan(Catalog has, Catalog source) {
    served.keySet().retainAll(has.collections().keySet());
    due.keySet().retainAll(has.collections().keySet());
    for (CollectionEntry collection : has.collections().values()) {
      CollectionEntry now = source.collections().get(collection.id());
      if (now == null || now.dropped()) {
        due.remove(collection.id());
      } else {
        plan(collection, now, source);
      }
    }
    tellShortcomings();
  }

  private void plan(CollectionEntry collection, CollectionEntry now, Catalog source) {
    long id = collection.id();
    Serving all = source.serving(id);
    Serving wanted =
        new Serving(
            all.indexes(),
            all.load().of(collection.partitions().keySet()),
            properties ? now.properties() : Map.of());
    Work planned = due.get(id);
    if (wanted.equals(served.get(id))) {
      due.remove(id);
    } else if (planned == null || !wanted.equals(planned.wanted())) {
      DatabaseEntry database = source.databases().get(collection.databaseId());
      String name = database == null ? "" : database.name();
      due.put(id, new Work(name, collection, wanted, "", Instant.MIN, FIRST_RETRY));
    }
  }

  /** Whether there is something to do now. */
  boolean isDue() {
    Instant now = time.instant();
    return due.values().stream().anyMatch(work -> !work.notBefore().isAfter(now));
  }

  /** Does one thing that is due. False where there is none. */
  boolean step() throws InterruptedException {
    Instant now = time.instant();
    for (Iterator<Work> works = due.values().iterator(); works.hasNext(); ) {
      Work work = works.next();
      if (!work.notBefore().isAfter(now)) {
        String why = target.serve(work.collection(), work.wanted());
        if (why.isEmpty()) {
          works.remove();
          served.put(work.collection().id(), work.wanted());
          report.served(work.database(), work.collection().name(), work.wanted());
        } else {
          fallShort(work, why, now);
        }
        tellShortcomings();
        return true;
      }
    }
    return false;
  }

  private void fallShort(Work work, String why, Instant now) {
    served.remove(work.collection().id());
    due.put(work.collection().id(), work.after(why, now));
    if (!Objects.equals(why, work.shortcoming())) {
      report.fallsShort(why);
    }
  }

  private void tellShortcomings() {
    shortcomings =
        due.values().stream().map(Work::shortcoming).filter(why -> !why.isEmpty()).toList();
  }

  /** What is not as on the source, in words for people. */
  List<String> shortcomings() {
    return shortcomings;
  }
}
