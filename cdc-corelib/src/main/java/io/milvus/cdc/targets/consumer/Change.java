package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;

/** Something that happened on a source. */
public sealed interface Change {
  /** The same whenever the change comes again, and no other change's of the task. */
  String id();

  /** When, as a hybrid timestamp of the source: see {@link io.milvus.cdc.catalog.Timestamps}. */
  long timestamp();

  /** Calls the visitor's method for this kind. */
  <X extends Exception> void accept(Visitor<X> visitor) throws X;

  /**
   * Rows were inserted, or are the new half of an upsert. A column is decoded when it is asked for,
   * and kept then as long as the rows are.
   */
  record Inserted(String id, InsertedRows rows) implements Change {
    @Override
    public long timestamp() {
      return rows.timestamp();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.inserted(this);
    }
  }

  /** Keys were deleted, or are the old half of an upsert; not all of them need to have had rows. */
  record Deleted(String id, DeletedKeys keys) implements Change {
    @Override
    public long timestamp() {
      return keys.timestamp();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.deleted(this);
    }
  }

  /**
   * The catalog changed. Creations of databases and aliases are told again whenever a task begins
   * anew; indexes, loads, users and properties are not told. Its timestamp may be below that of a
   * {@link Complete} that was told before, where the source does not say any more when it was.
   */
  record CatalogChanged(String id, SchemaEvent event) implements Change {
    @Override
    public long timestamp() {
      return event.timestamp();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.catalogChanged(this);
    }
  }

  /**
   * Everything that the source had up to a timestamp has come, and is acknowledged. After a crash
   * an earlier one may follow; what lies between has come before.
   */
  record Complete(long timestamp) implements Change {
    @Override
    public String id() {
      return "complete/" + timestamp;
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.complete(this);
    }
  }

  /**
   * One method a kind: adding a kind breaks every visitor at compile time, on purpose. X is what
   * its methods may throw.
   */
  interface Visitor<X extends Exception> {
    void inserted(Inserted change) throws X;

    void deleted(Deleted change) throws X;

    void catalogChanged(CatalogChanged change) throws X;

    void complete(Complete change) throws X;
  }
}
