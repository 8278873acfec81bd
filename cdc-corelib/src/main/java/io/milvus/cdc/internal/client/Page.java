package io.milvus.cdc.internal.client;

import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.FieldData;
import java.util.List;

/** Holds some rows of a collection, in the order of their keys. */
public final class Page {
  private final List<FieldData> columns;
  private final FieldData keys;

  Page(List<FieldData> columns, String keyField) {
    this.columns = columns;
    this.keys =
        columns.stream()
            .filter(column -> column.getFieldName().equals(keyField))
            .findFirst()
            .orElse(FieldData.getDefaultInstance());
    requireOrder();
  }

  private void requireOrder() {
    for (int row = 1; row < size(); row++) {
      if (key(row - 1).compareTo(key(row)) >= 0) {
        throw new IllegalStateException(
            "Milvus answered out of order: key %s before %s".formatted(key(row - 1), key(row)));
      }
    }
  }

  public int size() {
    return Cells.count(keys);
  }

  public Key key(int row) {
    return Key.at(keys, row);
  }

  /** Returns the columns, in no special order. */
  public List<FieldData> columns() {
    return columns;
  }
}
