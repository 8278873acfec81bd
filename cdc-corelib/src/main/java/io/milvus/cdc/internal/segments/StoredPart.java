package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.SchemaField;
import java.util.Comparator;
import java.util.List;

/** Holds a part with all that is known about it. For one thread. */
final class StoredPart {
  /** Orders parts by their oldest row. */
  static final Comparator<StoredPart> BY_TIME =
      Comparator.comparingLong(StoredPart::from).thenComparing(part -> part.part.times().id());

  /** Orders parts so that those with the same deletes follow each other. */
  static final Comparator<StoredPart> BY_SEGMENT =
      Comparator.<StoredPart, String>comparing(part -> part.to.shard())
          .thenComparing(part -> part.to.partitionId())
          .thenComparing(part -> part.part.segment().id())
          .thenComparing(part -> part.part.times().id());

  /** Below this size the timestamps are not read for an estimate. */
  private static final long SMALL = 64 << 10;

  final Part part;
  final Address to;
  final List<SchemaField> fields;
  final DeleteFiles deletes;
  private final long bytes;
  private Spread spread;

  StoredPart(Part part, Address to, List<SchemaField> fields, DeleteFiles deletes) {
    this.part = part;
    this.to = to;
    this.fields = fields;
    this.deletes = deletes;
    this.bytes = part.bytes();
    this.spread = Spread.even(part.times().from(), part.times().to());
  }

  /**
   * Returns whether the record's times may not be those of the rows. They are unset in old records,
   * and an import of a backup may note the time of the import.
   */
  boolean hasDoubtfulTimes() {
    return !spread.isSampled() && (from() <= 0 || from() >= newest());
  }

  /** Returns whether its timestamps should be read before a window ends inside it. */
  boolean isUnknown() {
    return !spread.isSampled() && bytes > SMALL;
  }

  long from() {
    return spread.from();
  }

  long newest() {
    return spread.to();
  }

  /** Estimates the bytes at or below a hybrid timestamp. */
  double bytesUpTo(long timestamp) {
    return bytes * spread.upTo(timestamp);
  }

  /** Estimates the rows at or below a hybrid timestamp. */
  double rowsUpTo(long timestamp) {
    return part.rows() * spread.upTo(timestamp);
  }

  /**
   * Notes the times of its rows.
   *
   * @param done the rows at or below this time were read already
   * @throws SourceException if the part has such rows and its record says that it has none
   */
  void found(Spread exact, long done) {
    if (exact.from() <= done && from() > done && !hasDoubtfulTimes()) {
      throw new SourceException(
          "Segment %d has older rows than its record says.".formatted(part.segment().id()),
          "Compact its collection on the source, then start the task again.");
    }
    spread = exact;
  }
}
