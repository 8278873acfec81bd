package io.milvus.cdc.internal.binlog;

import java.util.Arrays;

/**
 * Divides a stretch of time into buckets. Each begins behind the end of the bucket before. For one
 * thread.
 */
public final class TimeBuckets {
  /** The number of no bucket. */
  static final int NONE = -1;

  private final long[] ends;

  /** The bucket that was found last: most rows are in the order of their time. */
  private int latest;

  private long above;
  private long upTo;

  /** The time above which the first bucket begins. */
  private final long after;

  /**
   * Creates buckets.
   *
   * @param after the first bucket has the timestamps above it
   * @param ends the greatest timestamp of each bucket, ascending
   */
  public TimeBuckets(long after, long... ends) {
    this.after = after;
    this.ends = ends.clone();
    long before = after;
    for (long end : ends) {
      if (end <= before) {
        throw new IllegalArgumentException(
            "A bucket ends at %d, not above %d".formatted(end, before));
      }
      before = end;
    }
    above = after;
    upTo = ends.length == 0 ? after : ends[0];
  }

  /** Returns the number of buckets. */
  public int count() {
    return ends.length;
  }

  /** Returns the greatest timestamp of a bucket. */
  public long end(int bucket) {
    return ends[bucket];
  }

  /** Returns the bucket of a timestamp, or {@link #NONE}. */
  int of(long timestamp) {
    if (timestamp > above && timestamp <= upTo) {
      return latest;
    }
    if (timestamp <= after || ends.length == 0 || timestamp > ends[ends.length - 1]) {
      return NONE;
    }
    int found = Arrays.binarySearch(ends, timestamp);
    latest = found >= 0 ? found : -found - 1;
    above = latest == 0 ? after : ends[latest - 1];
    upTo = ends[latest];
    return latest;
  }
}
