package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import java.util.List;

/** A message that only lacks its id and timestamp. */
interface Outgoing {
  /** Its timestamp on the source, by which it is ordered. */
  long timestamp();

  /** An estimate of its bytes. */
  int size();

  ByteString encode(long messageId, long timestamp);

  /** How many rows or keys it can be divided into. */
  default int rows() {
    return 1;
  }

  /** The same in messages of at most so many bytes, if single rows are no larger than that. */
  default List<Outgoing> parts(int bytes) {
    return List.of(this);
  }

  /** A message of this timestamp. */
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

  /** Makes a message's bytes. */
  @FunctionalInterface
  interface Encoder {
    ByteString encode(long messageId, long timestamp);
  }
}
