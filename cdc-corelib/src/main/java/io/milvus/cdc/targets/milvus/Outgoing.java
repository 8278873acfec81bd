package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import java.util.List;

/** A message that only lacks its id and timestamp. */
interface Outgoing {
  /** Returns its timestamp on the source, which determines its order. */
  long timestamp();

  /** Returns an estimate of its bytes. */
  int size();

  ByteString encode(long messageId, long timestamp);

  /**
   * As the other method. Rows may have timestamps of their own, which they retain if the message
   * has its own timestamp, and if they are above the channel's last tick.
   */
  default ByteString encode(long messageId, long timestamp, long lastTick) {
    return encode(messageId, timestamp);
  }

  /** Returns the number of rows or keys that it can be divided into. */
  default int rows() {
    return 1;
  }

  /** Returns the same rows in messages of at most this size, if no single row is larger. */
  default List<Outgoing> parts(int bytes) {
    return List.of(this);
  }

  /** Returns a message of this timestamp. */
  static Outgoing of(long timestamp, int size, Encoder encoder) {
    return new Outgoing() {
      @Override
      public long timestamp() {
        return timestamp;
      }

      @Override
      public int size() {
        return size;
      }

      @Override
      public ByteString encode(long messageId, long stamp) {
        return encoder.encode(messageId, stamp);
      }
    };
  }

  /** Encodes a message. */
  @FunctionalInterface
  interface Encoder {
    ByteString encode(long messageId, long timestamp);
  }
}
