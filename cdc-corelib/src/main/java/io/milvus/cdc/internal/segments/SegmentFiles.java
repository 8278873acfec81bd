package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.proto.meta.Binlog;
import io.milvus.cdc.proto.meta.FieldBinlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the files of a segment. The i-th file of each column has the same rows (Milvus 2.3.5
 * internal/datanode/flush_manager.go).
 *
 * @param groups the files of all columns, by their field, for each group of rows; oldest first
 * @param deletes the files of its deletes
 */
record SegmentFiles(List<Map<Long, LogFile>> groups, List<LogFile> deletes) {
  /** The field of the rows' timestamps, which every group has. */
  static final long TIMESTAMP = 1;

  /**
   * Returns the files of a segment. Records of old versions have them inside.
   *
   * @param columns the records of its columns
   * @param deletes the records of its deletes
   * @throws SourceException if the columns do not have the same rows
   */
  static SegmentFiles of(Segment segment, List<FieldBinlog> columns, List<FieldBinlog> deletes) {
    List<LogFile> deleteFiles = new ArrayList<>();
    for (FieldBinlog one : inside(segment.info().getDeltalogsList(), deletes)) {
      deleteFiles.addAll(files(one, "delta_log/" + segment.path()));
    }
    return new SegmentFiles(
        groups(segment, inside(segment.info().getBinlogsList(), columns)), deleteFiles);
  }

  private static List<FieldBinlog> inside(List<FieldBinlog> inside, List<FieldBinlog> apart) {
    return inside.isEmpty() ? apart : inside;
  }

  /**
   * Returns the files in the order of their ids. A repeated store of the source lists one twice.
   */
  static List<LogFile> files(FieldBinlog column, String directory) {
    Map<Long, LogFile> byId = new TreeMap<>();
    for (Binlog log : column.getBinlogsList()) {
      long id = log.getLogId() != 0 ? log.getLogId() : lastNumber(log.getLogPath());
      byId.put(
          id,
          new LogFile(
              id,
              directory + "/" + id,
              log.getEntriesNum(),
              log.getTimestampFrom(),
              log.getTimestampTo(),
              log.getLogSize()));
    }
    return List.copyOf(byId.values());
  }

  private static long lastNumber(String path) {
    try {
      return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw new SourceException(
          "The file '%s' has no number.".formatted(path),
          "Check that the source is a Milvus 2.3 to 2.5.",
          e);
    }
  }

  private static List<Map<Long, LogFile>> groups(Segment segment, List<FieldBinlog> columns) {
    List<Map<Long, LogFile>> groups = new ArrayList<>();
    for (FieldBinlog column : columns) {
      List<LogFile> files =
          files(column, "insert_log/%s/%d".formatted(segment.path(), column.getFieldId()));
      if (groups.isEmpty()) {
        files.forEach(file -> groups.add(new TreeMap<>()));
      }
      if (files.size() != groups.size()) {
        throw uneven(segment, column.getFieldId());
      }
      for (int i = 0; i < files.size(); i++) {
        Map<Long, LogFile> group = groups.get(i);
        LogFile file = files.get(i);
        if (group.values().stream().anyMatch(other -> other.rows() != file.rows())) {
          throw uneven(segment, column.getFieldId());
        }
        group.put(column.getFieldId(), file);
      }
    }
    return groups.stream().map(Map::copyOf).toList();
  }

  private static SourceException uneven(Segment segment, long field) {
    return new SourceException(
        "The columns of segment %d do not have the same rows: field %d differs."
            .formatted(segment.id(), field),
        "Report the segment to the operators of the source.");
  }
}
