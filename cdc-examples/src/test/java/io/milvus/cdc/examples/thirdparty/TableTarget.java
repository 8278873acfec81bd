package io.milvus.cdc.examples.thirdparty;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A target as another project writes one: it uses the public API of the library only. */
final class TableTarget implements ChangeTarget {
  private final Tables tables = new Tables();

  Tables tables() {
    return tables;
  }

  @Override
  public Inspection check() {
    return Inspection.clean();
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows) {
    return List.of();
  }

  @Override
  public List<String> promote(long ceiling) {
    return List.of();
  }

  @Override
  public long demote() {
    return 0;
  }

  @Override
  public TargetSession open(Opening opening) {
    return new Session();
  }

  private final class Session implements TargetSession {
    @Override
    public boolean bind(DatabaseEntry database, CollectionEntry collection) {
      return tables.names(collection.id(), database.name() + "." + collection.name());
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
              tables.change(event);
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
      tables.change(event);
    }

    @Override
    public void advance(long watermark) {}

    @Override
    public String sessionState() {
      return "";
    }

    @Override
    public void close() {}
  }
}
