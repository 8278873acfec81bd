package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.Placements;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Rows;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Delivers the changes of one task to a consumer. */
final class ConsumerSession implements TargetSession {
  private final Handover handover;
  private final long batchBytes;
  private final KnownCollections known;
  private final long cut;
  private final Placements placements = new Placements();

  /**
   * Whether changes of the catalog may have been delivered before: until the first rows or tick.
   */
  private boolean restating;

  private long completeUpTo;

  /**
   * Creates a session.
   *
   * @param cut rows at or below it were on the source before the task began
   */
  ConsumerSession(Handover handover, long batchBytes, KnownCollections known, long cut) {
    this.cut = cut;
    this.handover = handover;
    this.batchBytes = batchBytes;
    this.known = known;
    this.restating = !known.fresh();
  }

  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection) {
    boolean found = known.has(database.name(), collection);
    if (found) {
      placements.put(new Placed(database, collection));
    }
    return found;
  }

  @Override
  public Delivery prepare(Round round) {
    return new Delivery() {
      @Override
      public long highestTimestamp() {
        return round.upTo();
      }

      @Override
      public List<Refused> send() throws InterruptedException {
        restating = false;
        List<Refused> refused = new ArrayList<>();
        for (List<DataEvent> part : new Batches(round.events(), batchBytes)) {
          give(part, round.isReplay(), refused);
        }
        return refused;
      }

      @Override
      public void close() {}
    };
  }

  private void give(List<DataEvent> part, boolean replay, List<Refused> refused)
      throws InterruptedException {
    List<Change> changes = new ArrayList<>();
    for (DataEvent event : part) {
      try {
        changes.add(change(event));
      } catch (UncheckedIOException e) {
        refused.add(new Refused(event, String.valueOf(e.getMessage())));
      }
    }
    if (!changes.isEmpty()) {
      handover.give(changes, replay);
    }
  }

  /** Decodes the columns, so that a damaged message is not reported as the consumer's failure. */
  private Change change(DataEvent event) {
    Placed home = placements.find(event.header().collectionId());
    if (home == null) {
      throw new TargetException(
          "Message %s of channel %s is of collection %d, which the consumer does not know."
              .formatted(event.position(), event.header().channel(), event.header().collectionId()),
          "");
    }
    String id = event.header().channel() + "/" + event.position();
    String database = home.database().name();
    if (event instanceof Insert insert) {
      InsertedRows rows = Rows.of(insert, database, home.collection());
      rows.fields();
      return new Change.Inserted(id, rows, insert.timestamp() <= cut);
    }
    DeletedKeys keys = Rows.of((Delete) event, database, home.collection());
    keys.keys();
    return new Change.Deleted(id, keys);
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    handover.give(List.of(new Change.CatalogChanged(event.id(), event)), restating);
    remember(event);
  }

  private void remember(SchemaEvent event) {
    Placed now = placements.apply(event);
    if (now != null) {
      known.put(now.database(), now.collection());
    } else if (event.collectionId() != 0) {
      known.remove(event.collectionId());
    }
  }

  @Override
  public void advance(long watermark) throws InterruptedException {
    restating = false;
    if (watermark > completeUpTo && watermark >= cut) {
      handover.give(List.of(new Change.Watermark(new HybridTime(watermark))), false);
      completeUpTo = watermark;
    }
  }

  @Override
  public String sessionState() {
    return known.text();
  }

  @Override
  public void close() {}
}
