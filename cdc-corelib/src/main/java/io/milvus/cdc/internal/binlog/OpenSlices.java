package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.FieldBytes;
import io.milvus.cdc.internal.wire.InsertBuilder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows to a message for each bucket. If rows are not in the order of their time, many
 * messages grow at once, and their bytes together are limited. For one thread.
 */
final class OpenSlices {
  /** A message ends with the row that reaches one of these. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_ROWS = 20_000;

  /** The bytes of all messages, after which the largest one ends. */
  private static final int MOST_OPEN = 16 << 20;

  private final Address to;
  private final List<FieldColumn> columns;
  private final @Nullable Slice[] open;
  private final Deque<Slice> unused = new ArrayDeque<>();
  private long total;

  OpenSlices(Address to, List<FieldColumn> columns, int buckets) {
    this.to = to;
    this.columns = columns;
    this.open = new Slice[buckets];
  }

  /** Collects the rows of one message. */
  static final class Slice {
    final List<FieldBytes> fields;
    final InsertBuilder builder;
    private int bucket;
    private long first;
    private long size;

    Slice(Address to, List<FieldBytes> fields) {
      this.fields = fields;
      this.builder = new InsertBuilder(to, fields);
    }
  }

  /** Returns the message of a bucket, to which a row is added next. */
  Slice in(int bucket, long row) {
    Slice found = open[bucket];
    if (found == null) {
      found =
          unused.isEmpty()
              ? new Slice(to, columns.stream().map(FieldColumn::values).toList())
              : unused.pop();
      found.bucket = bucket;
      found.first = row;
      open[bucket] = found;
    }
    return found;
  }

  /** Returns a message if one ends after this one got a row, or null. */
  @Nullable RowSlice added(Slice slice) {
    long size = slice.builder.size();
    total += size - slice.size;
    slice.size = size;
    if (slice.builder.rows() >= MOST_ROWS || size >= MOST_BYTES) {
      return end(slice);
    }
    return total >= MOST_OPEN ? end(largest()) : null;
  }

  private Slice largest() {
    @Nullable Slice largest = null;
    for (Slice slice : open) {
      if (slice != null && (largest == null || slice.size > largest.size)) {
        largest = slice;
      }
    }
    if (largest == null) {
      throw new IllegalStateException("no message is open");
    }
    return largest;
  }

  /** Ends one of the messages, or returns null if there is none. */
  @Nullable RowSlice rest() {
    for (Slice slice : open) {
      if (slice != null) {
        return end(slice);
      }
    }
    return null;
  }

  private RowSlice end(Slice slice) {
    InsertBuilder builder = slice.builder;
    int rows = builder.rows();
    long newest = builder.newest();
    total -= slice.size;
    slice.size = 0;
    open[slice.bucket] = null;
    RowSlice ended = new RowSlice(builder.build(), rows, newest, slice.bucket, slice.first);
    if (unused.isEmpty()) {
      unused.push(slice);
    }
    return ended;
  }
}
