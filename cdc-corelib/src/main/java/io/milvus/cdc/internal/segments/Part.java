package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Names rows that are read together: one file of each column of a segment.
 *
 * @param columns the files by their field
 */
record Part(Segment segment, Map<Long, LogFile> columns) {
  /**
   * Returns the parts of a segment.
   *
   * @throws SourceException if there is no file of their timestamps
   */
  static List<Part> of(Segment segment, SegmentFiles files) {
    List<Part> parts = new ArrayList<>();
    for (Map<Long, LogFile> group : files.groups()) {
      if (!group.containsKey(SegmentFiles.TIMESTAMP)) {
        throw new SourceException(
            "Segment %d has no file of timestamps.".formatted(segment.id()),
            "Report the segment to the operators of the source.");
      }
      parts.add(new Part(segment, group));
    }
    return parts;
  }

  /** Returns the file of its timestamps, whose id names the part. */
  LogFile times() {
    return Objects.requireNonNull(columns.get(SegmentFiles.TIMESTAMP));
  }

  long rows() {
    return times().rows();
  }

  long bytes() {
    return columns.values().stream().mapToLong(LogFile::bytes).sum();
  }
}
