package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.wire.InsertColumns;
import java.io.IOException;
import java.util.BitSet;

/** The rows of one insert, some of which may be obsolete. For one thread. */
final class Piece {
  private final InsertColumns columns;
  private final int bytes;
  private final BitSet gone = new BitSet();

  private Piece(InsertColumns columns, int bytes) {
    this.columns = columns;
    this.bytes = bytes;
  }

  static Piece of(DataEvent event) throws IOException {
    return new Piece(InsertColumns.parse(event.payload().bytes()), event.payload().size());
  }

  InsertColumns columns() {
    return columns;
  }

  void drop(int row) {
    gone.set(row);
  }

  int rows() {
    return columns.rows() - gone.cardinality();
  }

  /** Returns an estimate of the bytes of the rows that are left. */
  long bytes() {
    return (long) bytes * rows() / Math.max(1, columns.rows());
  }

  /** Returns the rows that are left. */
  InsertColumns left() throws IOException {
    if (gone.isEmpty()) {
      return columns;
    }
    int[] rows = new int[rows()];
    int row = -1;
    for (int i = 0; i < rows.length; i++) {
      row = gone.nextClearBit(row + 1);
      rows[i] = row;
    }
    try {
      return columns.only(rows);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
