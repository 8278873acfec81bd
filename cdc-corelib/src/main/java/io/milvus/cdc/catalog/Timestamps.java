package io.milvus.cdc.catalog;

import java.time.Instant;

/**
 * Milvus hybrid timestamps: Unix milliseconds in the upper 46 bits, a logical counter in the lower
 * 18 (Milvus pkg/util/tsoutil). They stay positive until the year 4199, so plain comparison is
 * right.
 */
public final class Timestamps {
  private static final int LOGICAL_BITS = 18;

  private Timestamps() {}

  public static long of(Instant time) {
    return ofMillis(time.toEpochMilli());
  }

  public static long ofMillis(long epochMillis) {
    return epochMillis << LOGICAL_BITS;
  }

  public static long millis(long timestamp) {
    return timestamp >>> LOGICAL_BITS;
  }

  public static Instant instant(long timestamp) {
    return Instant.ofEpochMilli(millis(timestamp));
  }

  /** The timestamp this many milliseconds later. */
  public static long plusMillis(long timestamp, long millis) {
    return timestamp + (millis << LOGICAL_BITS);
  }
}
