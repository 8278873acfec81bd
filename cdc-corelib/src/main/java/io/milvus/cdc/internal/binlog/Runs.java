package io.milvus.cdc.internal.binlog;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Checks Parquet's runs of equal or packed numbers before the library decodes them. The library
 * allocates what a run's header says.
 */
final class Runs {
  private static final int WIDEST = 32;

  /** Writers fill the last run with up to 63 groups of eight values. */
  private static final int SPARE = 63 * 8;

  private static final int VARINT_BITS = 35;

  private Runs() {}

  /**
   * Checks as many runs as the values need.
   *
   * @param runs unchanged
   * @param width the bits of each number
   * @throws IOException if a run has no values, or more than there can be
   */
  static void check(ByteBuffer runs, int width, int values) throws IOException {
    if (width < 0 || width > WIDEST) {
      throw new IOException("numbers of %d bits".formatted(width));
    }
    ByteBuffer left = runs.duplicate();
    long seen = 0;
    while (seen < values && left.hasRemaining()) {
      int header = varint(left);
      int count = header >>> 1;
      boolean packed = (header & 1) == 1;
      long bytes = packed ? (long) count * width : (width + 7) / 8;
      long numbers = packed ? 8L * count : count;
      // The bytes of the last packed run may end early.
      long least = packed ? bytes - 8L * width : bytes;
      if (count == 0 || least > left.remaining() || numbers > (long) values + SPARE) {
        throw new IOException(
            "a run of %d numbers for %d values in %d bytes"
                .formatted(numbers, values, left.remaining()));
      }
      left.position(left.position() + (int) Math.min(bytes, left.remaining()));
      seen += numbers;
    }
  }

  private static int varint(ByteBuffer from) throws IOException {
    int value = 0;
    for (int shift = 0; shift < VARINT_BITS && from.hasRemaining(); shift += 7) {
      byte next = from.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("the header of a run does not end");
  }
}
