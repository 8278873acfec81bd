package io.milvus.cdc.catalog;

import java.time.Instant;

/**
 * Converts Milvus hybrid timestamps: Unix milliseconds in the upper 46 bits, a logical counter in
 * the lower 18 (Milvus pkg/util/tsoutil). They are positive until the year 4199, so plain
 * comparison sorts them.
 */
public final class Timestamps {
  private static final int LOGICAL_BITS = 18;

  private Timestamps() {}

  /** Returns the first timestamp of the millisecond of this time. */
  public static long of(Instant time) {
    return ofMillis(time.toEpochMilli());
  }

  /** Returns the first timestamp of a millisecond since the epoch. */
  public static long ofMillis(long epochMillis) {
    return epochMillis << LOGICAL_BITS;
  }

  /** Returns the milliseconds since the epoch. The counter is dropped. */
  public static long millis(long timestamp) {
    return timestamp >>> LOGICAL_BITS;
  }

  /** Returns the time of day, in milliseconds. The counter is dropped. */
  public static Instant instant(long timestamp) {
    return Instant.ofEpochMilli(millis(timestamp));
  }

  /** Returns the timestamp this many milliseconds later. */
  public static long plusMillis(long timestamp, long millis) {
    return timestamp + (millis << LOGICAL_BITS);
  }
}
