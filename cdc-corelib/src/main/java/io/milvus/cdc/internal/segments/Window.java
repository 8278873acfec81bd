package io.milvus.cdc.internal.segments;

import io.milvus.cdc.internal.binlog.TimeBuckets;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the stretch of time that is read next, and divides it into buckets of similar size. Of
 * each part that has rows in it, some megabytes should be read at once: a part is opened again for
 * each window.
 */
final class Window {
  private static final double BUCKET = 8 << 20;
  private static final double LEAST = 32 << 20;
  private static final double MOST = 1 << 30;
  private static final double OF_A_PART = 4 << 20;

  private final List<StoredPart> parts;
  private final long after;
  private final long upTo;

  private Window(List<StoredPart> parts, long after, long upTo) {
    this.parts = parts;
    this.after = after;
    this.upTo = upTo;
  }

  /** Reads the timestamps of a part. */
  interface Sampling {
    /** Afterwards the part is not unknown any more. */
    void sample(StoredPart part) throws InterruptedException;
  }

  /**
   * Returns the buckets of the next window. The last one ends at {@code upTo} if no rows are left
   * then.
   *
   * @param parts which may have rows above {@code after}
   */
  static TimeBuckets choose(List<StoredPart> parts, long after, long upTo, Sampling sampling)
      throws InterruptedException {
    while (true) {
      Window window = new Window(parts.stream().sorted(StoredPart.BY_TIME).toList(), after, upTo);
      long end = window.end();
      List<StoredPart> unknown =
          window.parts.stream().filter(part -> part.from() <= end && part.isUnknown()).toList();
      if (unknown.isEmpty()) {
        return window.buckets(end);
      }
      for (StoredPart part : unknown) {
        sampling.sample(part);
      }
    }
  }

  private long end() {
    long first = timeOf(LEAST, after, upTo);
    long active = parts.stream().takeWhile(part -> part.from() <= first).count();
    return timeOf(Math.max(LEAST, Math.min(MOST, active * OF_A_PART)), after, upTo);
  }

  private TimeBuckets buckets(long end) {
    List<Long> ends = new ArrayList<>();
    for (long start = after; start < end; start = ends.get(ends.size() - 1)) {
      ends.add(bucketEnd(start, end));
    }
    return new TimeBuckets(after, ends.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * Returns the end of the bucket behind a start. A timestamp with more rows than a bucket should
   * have, such as that of a bulk import, has a bucket without other rows.
   */
  private long bucketEnd(long start, long limit) {
    long full = timeOf(BUCKET, start, limit);
    boolean crowded = bytes(full) - bytes(full - 1) >= BUCKET;
    return crowded && full - 1 > start ? full - 1 : full;
  }

  /** Returns the time at which so many bytes have come since a start, but at most the limit. */
  private long timeOf(double bytes, long start, long limit) {
    double target = bytes(start) + bytes;
    long low = start + 1;
    long high = limit;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (bytes(middle) >= target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Estimates the bytes at or below a time. */
  private double bytes(long time) {
    double sum = 0;
    for (StoredPart part : parts) {
      if (part.from() > time) {
        break;
      }
      sum += part.bytesUpTo(time);
    }
    return sum;
  }
}
