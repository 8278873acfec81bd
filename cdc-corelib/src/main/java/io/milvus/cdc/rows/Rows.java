package io.milvus.cdc.rows;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Opens events of rows. Their contents are decoded on first use. */
public final class Rows {
  private Rows() {}

  /**
   * Returns the rows of an insert. Their methods throw {@link UncheckedIOException} or {@link
   * IllegalArgumentException} if the event's bytes are damaged.
   *
   * @param database the name of the database that the rows return
   */
  public static InsertedRows of(Insert event, String database, CollectionEntry collection) {
    return new InsertedRows(event, new Origin(event.header(), database, collection));
  }

  /**
   * Returns the keys of a delete. Their methods throw {@link UncheckedIOException} if the event's
   * bytes are damaged.
   *
   * @param database the name of the database that the keys return
   */
  public static DeletedKeys of(Delete event, String database, CollectionEntry collection) {
    return new DeletedKeys(event, new Origin(event.header(), database, collection));
  }

  static UncheckedIOException undecodable(IOException e) {
    return new UncheckedIOException("It cannot be decoded: " + e.getMessage(), e);
  }
}
