package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;

/** A change of a source. */
public sealed interface Change {
  /**
   * Returns the id of the change. If the change is redelivered, its id is the same. No other change
   * of the task has it.
   */
  String id();

  /** Returns the timestamp of the change on the source. */
  HybridTime timestamp();

  /** Calls the visitor's method for this kind. */
  <X extends Exception> void accept(Visitor<X> visitor) throws X;

  /**
   * Inserts rows, also as the new half of an upsert. A column is decoded on first use, and retained
   * as long as the rows are.
   *
   * @param existing whether the rows were on the source before the task began (see {@link
   *     io.milvus.cdc.StartFrom.Existing}). If they are redelivered, they may come in other groups,
   *     with other ids
   */
  record Inserted(String id, InsertedRows rows, boolean existing) implements Change {
    @Override
    public HybridTime timestamp() {
      return rows.timestamp();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.inserted(this);
    }
  }

  /** Deletes keys, also as the old half of an upsert. Some of them may never have had rows. */
  record Deleted(String id, DeletedKeys keys) implements Change {
    @Override
    public HybridTime timestamp() {
      return keys.timestamp();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.deleted(this);
    }
  }

  /**
   * Changes the catalog. Creations of databases and aliases are delivered again whenever a task
   * starts again. Indexes, loads, users and properties are not delivered. If the source no longer
   * knows when a change was, its timestamp may be below that of an earlier {@link Watermark}.
   */
  record CatalogChanged(String id, SchemaEvent event) implements Change {
    @Override
    public HybridTime timestamp() {
      return new HybridTime(event.timestamp());
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.catalogChanged(this);
    }
  }

  /**
   * Reports that everything up to a timestamp of the source was delivered and acknowledged. After a
   * crash an earlier timestamp may follow; the changes between both were delivered before. A task
   * that starts from existing rows reports the first one after all of them.
   */
  record Watermark(HybridTime timestamp) implements Change {
    @Override
    public String id() {
      return "watermark/" + timestamp.value();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.watermark(this);
    }
  }

  /**
   * Handles each kind of change by a method of its own. A new kind breaks every visitor at compile
   * time, on purpose. X is the type that its methods may throw.
   */
  interface Visitor<X extends Exception> {
    void inserted(Inserted change) throws X;

    void deleted(Deleted change) throws X;

    void catalogChanged(CatalogChanged change) throws X;

    void watermark(Watermark change) throws X;
  }
}
