package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes to a target in memory for one task. A row is identified by its key, so a repeated round
 * has the same result.
 */
final class InMemoryTargetSession implements TargetSession {
  private final TargetTables tables;

  /** The tables that this task fills. Rows of other tasks become visible by those tasks. */
  private final Map<Long, TargetTable> mine = new HashMap<>();

  InMemoryTargetSession(TargetTables tables) {
    this.tables = tables;
  }

  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection) {
    TargetTable found = tables.bound(database, collection);
    if (found != null) {
      mine.put(collection.id(), found);
    }
    return found != null;
  }

  @Override
  public Delivery prepare(Round round) {
    return new Delivery() {
      @Override
      public long highestTimestamp() {
        return round.upTo();
      }

      @Override
      public List<Refused> send() {
        List<Refused> refused = new ArrayList<>();
        for (DataEvent event : round.events()) {
          try {
            tables.of(event.header().collectionId()).send(event);
          } catch (UncheckedIOException | IllegalArgumentException e) {
            refused.add(new Refused(event, String.valueOf(e.getMessage())));
          }
        }
        return refused;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void apply(SchemaEvent event) {
    event.accept(tables);
    if (event instanceof SchemaEvent.CreateCollection create) {
      long id = create.collection().id();
      mine.put(id, tables.of(id));
    }
  }

  @Override
  public void advance(long watermark) {
    mine.values().forEach(TargetTable::tick);
  }

  @Override
  public String sessionState() {
    return "";
  }

  @Override
  public void close() {}
}
