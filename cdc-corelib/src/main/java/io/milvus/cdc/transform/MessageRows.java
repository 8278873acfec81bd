package io.milvus.cdc.transform;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.internal.wire.DeleteMessage;
import io.milvus.cdc.internal.wire.InsertColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Opens messages for whoever must look at their rows. Nothing is decoded before it is asked for.
 */
public final class MessageRows {
  private MessageRows() {}

  /**
   * The rows of an insert. Their methods throw {@link UncheckedIOException} or {@link
   * IllegalArgumentException} where the message is damaged.
   *
   * @param database of the collection, as the rows shall call it
   */
  public static InsertedRows of(Insert event, String database, CollectionEntry collection) {
    return of(event, new Origin(event.header(), database, collection));
  }

  /** The keys of a delete; the rest is as with an insert. */
  public static DeletedKeys of(Delete event, String database, CollectionEntry collection) {
    return of(event, new Origin(event.header(), database, collection));
  }

  static InsertedRows of(Insert event, Origin origin) {
    return new InsertedRows(origin, event.header().rows(), () -> columns(event));
  }

  static DeletedKeys of(Delete event, Origin origin) {
    return new DeletedKeys(origin, () -> keys(event));
  }

  private static InsertColumns columns(Insert event) {
    try {
      return InsertColumns.parse(event.payload().bytes());
    } catch (IOException e) {
      throw undecodable(e);
    }
  }

  private static List<Object> keys(Delete event) {
    try {
      return DeleteMessage.parse(event.payload().bytes()).values();
    } catch (IOException e) {
      throw undecodable(e);
    }
  }

  static UncheckedIOException undecodable(IOException e) {
    return new UncheckedIOException("It cannot be decoded: " + e.getMessage(), e);
  }
}
