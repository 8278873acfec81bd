package io.milvus.cdc.internal.binlog;

/** Holds rows as one message of the source's stream. */
public final class RowSlice {
  private final byte[] message;
  private final int rows;
  private final long newest;
  private final long next;

  RowSlice(byte[] message, int rows, long newest, long next) {
    this.message = message;
    this.rows = rows;
    this.newest = newest;
    this.next = next;
  }

  /**
   * Returns the body of a {@code msgpb.InsertRequest} with the ids of the source. It is shared, not
   * copied: it must not change.
   */
  public byte[] message() {
    return message;
  }

  /** Returns the number of rows in the message. */
  public int rows() {
    return rows;
  }

  /** Returns the newest timestamp of the rows. */
  public long newest() {
    return newest;
  }

  /** Returns the row of the files with which the next slice begins. */
  public long next() {
    return next;
  }
}
