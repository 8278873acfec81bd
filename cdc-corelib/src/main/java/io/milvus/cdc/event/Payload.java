package io.milvus.cdc.event;

/**
 * The bytes of a message as the source sent them, wherever they are kept at the moment.
 *
 * <p>Of rows they are the body of a {@code msgpb.InsertRequest} or {@code msgpb.DeleteRequest}
 * (milvus-proto 2.3 to 2.5). The package {@code io.milvus.cdc.rows} reads and writes it.
 */
public interface Payload {
  /** How many bytes there are. */
  int size();

  /** The bytes; not to be changed. May read from disk. */
  byte[] bytes();

  /** A payload that is held in memory. */
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
