package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.BulkImport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reports bulk imports into replicated collections, because the target lacks their rows. A source
 * forgets its imports after hours. Each import is reported here until its collection is dropped or
 * the engine ends. For one thread, except {@link #limitations}.
 */
final class MissedImports implements Follower {
  private final TaskReport report;
  private long since;

  /** The collection and the sentence, by the import's id. */
  private final Map<Long, Missed> missed = new TreeMap<>();

  private volatile List<String> limitations = List.of();

  /** Creates the report with no missed imports. */
  MissedImports(TaskReport report) {
    this.report = report;
  }

  /**
   * Ignores imports until this hybrid timestamp. The target has their rows, or the task has copied
   * them.
   */
  void countFrom(long timestamp) {
    since = timestamp;
  }

  private record Missed(long collectionId, String why) {}

  @Override
  public void turn(Turn turn) {
    CatalogSync catalog = turn.catalog();
    boolean changed =
        missed.values().removeIf(one -> catalog.replicated(one.collectionId()) == null);
    for (BulkImport one : turn.imports()) {
      CollectionEntry collection = catalog.replicated(one.collectionId());
      boolean after = Timestamps.ofMillis(one.at().toEpochMilli()) > since;
      if (collection != null && after && !missed.containsKey(one.id())) {
        String why = sentence(catalog.placeOf(collection), one);
        missed.put(one.id(), new Missed(one.collectionId(), why));
        report.limited(why);
        changed = true;
      }
    }
    if (changed) {
      limitations = missed.values().stream().map(Missed::why).toList();
    }
  }

  private static String sentence(String place, BulkImport one) {
    return ("Collection %s received rows by a bulk import on the source at %s (number %d,"
            + " of %s). No topic of Milvus 2.3 to 2.5 reports them, so the target lacks them."
            + " When the task has caught up, import the same files into the target: a standby"
            + " accepts imports. If Milvus generates the keys (autoID), they would differ. In"
            + " that case, restore the target from a backup of the source, and start a new"
            + " task from that backup's positions.")
        .formatted(place, one.at(), one.id(), String.join(", ", one.files()));
  }

  @Override
  public List<String> limitations() {
    return limitations;
  }
}
