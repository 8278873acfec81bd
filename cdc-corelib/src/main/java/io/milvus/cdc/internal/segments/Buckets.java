package io.milvus.cdc.internal.segments;

import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.internal.binlog.RowSlice;
import io.milvus.cdc.internal.binlog.TimeBuckets;
import io.milvus.cdc.internal.spill.Spill;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.sources.ExistingRows.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the rows of one window by bucket, in memory and then on disk. For one thread. */
final class Buckets {
  private static final Comparator<Insert> BY_TIME =
      Comparator.comparingLong(insert -> insert.header().timestamp());

  private final TimeBuckets times;
  private final Spill spill;
  private final long memory;
  private final List<List<Insert>> rows = new ArrayList<>();
  private long held;
  private int next;

  /**
   * Creates empty buckets.
   *
   * @param memory the bytes of messages that are held in memory
   */
  Buckets(TimeBuckets times, Spill spill, long memory) {
    this.times = times;
    this.spill = spill;
    this.memory = memory;
    for (int i = 0; i < times.count(); i++) {
      rows.add(new ArrayList<>());
    }
  }

  void add(StoredPart part, RowSlice slice) {
    Address to = part.to;
    byte[] message = slice.message();
    Position position =
        new Position(
            "stored:%d/%d/%d"
                .formatted(part.part.segment().id(), part.part.times().id(), slice.first()));
    RowsHeader header =
        new RowsHeader(
            to.channel(),
            position,
            slice.newest(),
            to.collectionId(),
            to.partitionId(),
            to.shard(),
            slice.rows(),
            0);
    rows.get(slice.bucket()).add(new Insert(header, place(message)));
  }

  private Payload place(byte[] message) {
    if (held + message.length > memory) {
      return spill.keep(message);
    }
    held += message.length;
    return Payload.of(message);
  }

  /** Returns the next batch with rows, or null if there is none. */
  @Nullable Batch next() {
    while (next < rows.size()) {
      int bucket = next++;
      List<Insert> found = rows.set(bucket, List.of());
      if (!found.isEmpty()) {
        found.sort(BY_TIME);
        return new Batch(List.copyOf(found), times.end(bucket));
      }
    }
    return null;
  }

  /** Releases the payloads of all batches that were not returned. */
  void release() {
    for (Batch batch = next(); batch != null; batch = next()) {
      batch.rows().forEach(insert -> spill.release(insert.payload()));
    }
  }
}
