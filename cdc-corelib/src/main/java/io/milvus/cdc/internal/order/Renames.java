package io.milvus.cdc.internal.order;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.event.SchemaEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Computes the renames that a collection still needs on the target, one by one. */
final class Renames {
  private Renames() {}

  /**
   * Returns every rename since the name that the target knows, so that each name is free when
   * another collection needs it.
   *
   * @param database by id; a naming is skipped if its database has no name
   */
  static List<SchemaEvent> between(
      CollectionEntry known, CollectionEntry now, LongFunction<DatabaseEntry> database) {
    List<SchemaEvent> events = new ArrayList<>();
    CollectionEntry before = known;
    for (Naming naming : pending(known, now)) {
      DatabaseEntry to = database.apply(naming.databaseId());
      if (!to.name().isEmpty() && !naming.samePlace(before.naming())) {
        DatabaseEntry from = database.apply(before.databaseId());
        events.add(new SchemaEvent.RenameCollection(naming.since(), from, to, before, naming));
        before = before.renamed(naming);
      }
    }
    return events;
  }

  private static List<Naming> pending(CollectionEntry known, CollectionEntry now) {
    List<Naming> pending =
        now.names().stream().filter(naming -> naming.since() > known.naming().since()).toList();
    Naming last = now.naming();
    return pending.isEmpty() && !last.samePlace(known.naming())
        ? List.of(new Naming(DatabaseEntry.LONG_AGO, last.databaseId(), last.name()))
        : pending;
  }
}
