package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Rows;
import io.milvus.cdc.transform.EventTransform;
import org.jspecify.annotations.Nullable;

/** Passes events of rows to a transform, and creates events from its answers. */
record Transformer(EventTransform transform) {
  /**
   * Returns the event in the form that the transform wants. Returns the same event if the transform
   * changes nothing, or null if nothing is left. Throws any exception of the transform.
   *
   * @param database the name of the collection's database on the source
   */
  @Nullable DataEvent apply(DataEvent event, String database, CollectionEntry collection) {
    if (event instanceof Insert insert) {
      InsertedRows after = transform.insert(Rows.of(insert, database, collection));
      requireOwn(after.comeFrom(event), after);
      return after.event();
    }
    DeletedKeys after = transform.delete(Rows.of((Delete) event, database, collection));
    requireOwn(after.comeFrom(event), after);
    return after.event();
  }

  private static void requireOwn(boolean own, Object answer) {
    if (!own) {
      throw new IllegalArgumentException(
          "A transform must return its input, or a part or a change of that input, not " + answer);
    }
  }
}
