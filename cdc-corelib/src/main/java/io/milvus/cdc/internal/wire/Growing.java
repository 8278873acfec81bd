package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects encoded values in a buffer that is used again. For one thread. */
final class Growing {
  private static final int FIRST = 256;
  private static final int LONGEST_VARINT = 10;
  private static final int SEVEN_BITS = 0x7f;

  private byte[] bytes = new byte[FIRST];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void varint(long value) {
    reserve(LONGEST_VARINT);
    long left = value;
    while ((left & ~SEVEN_BITS) != 0) {
      bytes[size++] = (byte) (left | ~SEVEN_BITS);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  void fixed32(int value) {
    fixed(value, Integer.BYTES);
  }

  void fixed64(long value) {
    fixed(value, Long.BYTES);
  }

  private void fixed(long value, int width) {
    reserve(width);
    for (int i = 0; i < width; i++) {
      bytes[size++] = (byte) (value >>> (Byte.SIZE * i));
    }
  }

  /** Adds the remaining bytes of a buffer, whose position moves. */
  void raw(ByteBuffer more) {
    int length = more.remaining();
    reserve(length);
    more.get(bytes, size, length);
    size += length;
  }

  void zeros(int count) {
    reserve(count);
    Arrays.fill(bytes, size, size + count, (byte) 0);
    size += count;
  }

  /** Returns a view of the bytes, which is valid until the next change. */
  ByteString view() {
    return Wire.wrap(bytes).substring(0, size);
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
