package io.milvus.cdc.internal.binlog;

/** Holds rows as one message of the source's stream. */
public final class RowSlice {
  private final byte[] message;
  private final int rows;
  private final long newest;
  private final int bucket;
  private final long first;

  RowSlice(byte[] message, int rows, long newest, int bucket, long first) {
    this.message = message;
    this.rows = rows;
    this.newest = newest;
    this.bucket = bucket;
    this.first = first;
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

  /** Returns the bucket that has all the rows. */
  public int bucket() {
    return bucket;
  }

  /** Returns the number of its first row in the files, from 0. */
  public long first() {
    return first;
  }
}
