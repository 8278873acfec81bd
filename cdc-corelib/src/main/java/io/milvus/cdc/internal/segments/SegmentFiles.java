package io.milvus.cdc.internal.segments;

import com.google.protobuf.InvalidProtocolBufferException;
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
  private static final String INSERTS = "datacoord-meta/binlog/";
  private static final String DELETES = "datacoord-meta/deltalog/";

  /** The field of the rows' timestamps, which every group has. */
  static final long TIMESTAMP = 1;

  /**
   * Reads the files of a segment.
   *
   * @throws SourceException if the columns do not have the same rows
   */
  static SegmentFiles read(MetaKeys etcd, String meta, Segment segment, long revision)
      throws InterruptedException {
    List<FieldBinlog> columns =
        inlineOr(
            segment.info().getBinlogsList(),
            etcd.below(meta + INSERTS + segment.path() + "/", revision));
    List<FieldBinlog> deletes =
        inlineOr(
            segment.info().getDeltalogsList(),
            etcd.below(meta + DELETES + segment.path() + "/", revision));
    List<LogFile> deleteFiles = new ArrayList<>();
    for (FieldBinlog one : deletes) {
      deleteFiles.addAll(files(one, "delta_log/" + segment.path()));
    }
    return new SegmentFiles(groups(segment, columns), deleteFiles);
  }

  /** Returns the files in the segment's own record, if it has any: records of old versions do. */
  private static List<FieldBinlog> inlineOr(
      List<FieldBinlog> inline, List<Map.Entry<String, byte[]>> apart) {
    if (!inline.isEmpty()) {
      return inline;
    }
    List<FieldBinlog> all = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : apart) {
      try {
        all.add(FieldBinlog.parseFrom(entry.getValue()));
      } catch (InvalidProtocolBufferException e) {
        throw new SourceException(
            "A list of files cannot be read: %s.".formatted(e.getMessage()),
            "Check that the source is a Milvus 2.3 to 2.5.",
            e);
      }
    }
    return all;
  }

  /**
   * Returns the files in the order of their ids. A repeated store of the source lists one twice.
   */
  private static List<LogFile> files(FieldBinlog column, String directory) {
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

  /** Returns the number of rows in all groups. */
  long rows() {
    return groups.stream().mapToLong(group -> anyOf(group).rows()).sum();
  }

  /** Returns the size of all files with rows, in bytes. */
  long bytes() {
    return groups.stream()
        .flatMap(group -> group.values().stream())
        .mapToLong(LogFile::bytes)
        .sum();
  }

  private static LogFile anyOf(Map<Long, LogFile> group) {
    return group.values().iterator().next();
  }
}
