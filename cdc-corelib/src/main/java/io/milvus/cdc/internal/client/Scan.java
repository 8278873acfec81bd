package io.milvus.cdc.internal.client;

import io.milvus.grpc.FieldData;
import java.util.List;
import java.util.Optional;

/**
 * Reads rows in the order of their keys, page by page, so that a collection of any size fits. Rows
 * that share a key are read as one row. It relies on Milvus's handling of a limit: Milvus returns
 * the rows of the smallest keys, in order.
 */
public final class Scan {
  private final CollectionReader collection;
  private final String keyField;
  private final Query page;
  private String next;

  /**
   * Creates a scan from the first key on.
   *
   * @param keyField the primary key, which must be among the fields to read
   * @param page the fields to read and the number of rows in a page; its expression is not used
   */
  public Scan(CollectionReader collection, String keyField, Query page) {
    this.collection = collection;
    this.keyField = keyField;
    this.page = page;
    this.next = "";
  }

  /** Returns the columns of the next rows, or empty at the end. */
  public Optional<Page> next() {
    List<FieldData> columns =
        collection.query(
            new Query(next, page.fields(), page.partitions(), page.at(), page.limit()));
    Page rows = new Page(columns, keyField);
    if (rows.size() == 0) {
      return Optional.empty();
    }
    next = collection.dialect().after(keyField, rows.key(rows.size() - 1));
    return Optional.of(rows);
  }
}
