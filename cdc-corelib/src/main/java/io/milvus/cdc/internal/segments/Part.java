package io.milvus.cdc.internal.segments;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Names rows that are read together: one file of each column of a segment.
 *
 * @param columns the files by their field
 * @param deletes the files of the segment's deletes
 */
record Part(Segment segment, Map<Long, LogFile> columns, List<LogFile> deletes) {
  /**
   * Orders parts by their newest row. Then most rows reach the target in the order of their time.
   */
  static final Comparator<Part> BY_TIME =
      Comparator.comparingLong(Part::newest).thenComparing(part -> part.times().id());

  /** Returns the parts of a segment that have rows at or below a hybrid timestamp. */
  static List<Part> of(Segment segment, SegmentFiles files, long cut) {
    List<Part> parts = new ArrayList<>();
    for (Map<Long, LogFile> group : files.groups()) {
      Part part = new Part(segment, group, files.deletes());
      if (part.times().from() <= cut) {
        parts.add(part);
      }
    }
    return parts;
  }

  private LogFile times() {
    return Objects.requireNonNull(columns.get(SegmentFiles.TIMESTAMP));
  }

  /** Returns the hybrid timestamp of its newest row. */
  long newest() {
    return times().to();
  }

  long rows() {
    return times().rows();
  }

  long bytes() {
    return columns.values().stream().mapToLong(LogFile::bytes).sum();
  }
}
