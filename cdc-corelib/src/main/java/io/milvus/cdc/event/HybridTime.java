package io.milvus.cdc.event;

import java.time.Instant;

/**
 * A hybrid timestamp of Milvus: Unix milliseconds in the upper 46 bits of a long, and a counter in
 * the lower 18 (Milvus 2.3 pkg/util/tsoutil). Do not compare it with a number of milliseconds.
 * Values up to the year 4199 are positive, so plain comparison sorts them.
 *
 * @param value the 64 bits
 */
public record HybridTime(long value) implements Comparable<HybridTime> {
  private static final int COUNTER_BITS = 18;

  /** A timestamp below that of every message. */
  public static final HybridTime ZERO = new HybridTime(0);

  /** Returns the first timestamp of a millisecond. */
  public static HybridTime of(Instant time) {
    return new HybridTime(time.toEpochMilli() << COUNTER_BITS);
  }

  /** Returns the time of day, in milliseconds; the counter is dropped. */
  public Instant instant() {
    return Instant.ofEpochMilli(value >>> COUNTER_BITS);
  }

  /** Returns whether this is {@link #ZERO}. */
  public boolean isZero() {
    return value == 0;
  }

  @Override
  public int compareTo(HybridTime other) {
    return Long.compare(value, other.value);
  }

  /** Returns the number and the time of day. */
  @Override
  public String toString() {
    return value + " (" + instant() + ")";
  }
}
