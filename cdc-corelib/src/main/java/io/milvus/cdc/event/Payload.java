package io.milvus.cdc.event;

/**
 * Holds the bytes of a message as the source sent them, in memory or on disk.
 *
 * <p>For rows they are the body of a {@code msgpb.InsertRequest} or {@code msgpb.DeleteRequest}
 * (milvus-proto 2.3 to 2.5). The package {@code io.milvus.cdc.rows} reads and writes them.
 */
public interface Payload {
  /** Returns the number of bytes. */
  int size();

  /** Returns the bytes. Do not change them. May block to read from disk. */
  byte[] bytes();

  /** Returns a payload that is held in memory. */
  static Payload of(byte[] bytes) {
    return new Payload() {
      @Override
      public int size() {
        return bytes.length;
      }

      @Override
      public byte[] bytes() {
        return bytes;
      }
    };
  }
}
