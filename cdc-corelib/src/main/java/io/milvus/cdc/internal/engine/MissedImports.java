package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.internal.checkpoint.Copies;
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
  private final boolean copies;
  private long since;
  private Copies copied = Copies.NONE;

  /** The collection and the sentence, by the import's id. */
  private final Map<Long, Missed> missed = new TreeMap<>();

  private volatile List<String> limitations = List.of();

  /**
   * Creates the report with no missed imports.
   *
   * @param copies whether the task can copy a collection again
   */
  MissedImports(TaskReport report, boolean copies) {
    this.report = report;
    this.copies = copies;
  }

  /**
   * Ignores imports until this hybrid timestamp, because the target has their rows, and imports
   * whose rows were copied.
   */
  void countFrom(long timestamp, Copies done) {
    since = timestamp;
    copied = done;
  }

  private boolean isThere(Missed one) {
    return one.at() <= Math.max(since, copied.cutOf(one.collectionId()));
  }

  private record Missed(long collectionId, long at, String why) {}

  @Override
  public void turn(Turn turn) {
    CatalogSync catalog = turn.catalog();
    boolean changed =
        missed
            .values()
            .removeIf(one -> catalog.replicated(one.collectionId()) == null || isThere(one));
    for (BulkImport one : turn.imports()) {
      CollectionEntry collection = catalog.replicated(one.collectionId());
      if (collection != null && !missed.containsKey(one.id())) {
        long at = Timestamps.ofMillis(one.at().toEpochMilli());
        String why = sentence(catalog.placeOf(collection), one);
        Missed found = new Missed(one.collectionId(), at, why);
        if (!isThere(found)) {
          missed.put(one.id(), found);
          report.limited(why);
          changed = true;
        }
      }
    }
    if (changed) {
      limitations = missed.values().stream().map(Missed::why).toList();
    }
  }

  private String sentence(String place, BulkImport one) {
    return ("Collection %s received rows by a bulk import on the source at %s (number %d,"
            + " of %s). No topic of Milvus 2.3 to 2.5 reports them, so the target lacks them. %s")
        .formatted(place, one.at(), one.id(), String.join(", ", one.files()), cure(place));
  }

  private String cure(String place) {
    return copies
        ? "Resync the collection %s: the task then copies it again.".formatted(place)
        : "When the task has caught up, import the same files into the target: a standby accepts"
            + " imports. If Milvus generates the keys (autoID), they would differ. In that case,"
            + " set the source's storage and resync the collection.";
  }

  @Override
  public List<String> limitations() {
    return limitations;
  }
}
