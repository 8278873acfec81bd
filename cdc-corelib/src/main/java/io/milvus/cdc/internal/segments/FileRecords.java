package io.milvus.cdc.internal.segments;

import io.milvus.cdc.proto.meta.FieldBinlog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the records of files. It reads those of a whole collection at once, because a request for
 * each segment takes long. Ask for the segments of one collection after another.
 */
final class FileRecords {
  private static final String INSERTS = "datacoord-meta/binlog/";
  private static final String DELETES = "datacoord-meta/deltalog/";

  private final MetaKeys etcd;
  private final String meta;
  private final long revision;
  private long collection = -1;
  private Map<String, List<FieldBinlog>> inserts = Map.of();
  private Map<String, List<FieldBinlog>> deletes = Map.of();

  /**
   * Creates a reader of a revision.
   *
   * @param meta the prefix of the source's metadata, with its slash
   */
  FileRecords(MetaKeys etcd, String meta, long revision) {
    this.etcd = etcd;
    this.meta = meta;
    this.revision = revision;
  }

  /**
   * Returns the files of a segment.
   *
   * @throws io.milvus.cdc.error.SourceException if the columns do not have the same rows
   */
  SegmentFiles of(Segment segment) throws InterruptedException {
    if (segment.collection() != collection) {
      inserts = bySegment(INSERTS, segment.collection());
      deletes = bySegment(DELETES, segment.collection());
      collection = segment.collection();
    }
    return SegmentFiles.of(
        segment,
        inserts.getOrDefault(segment.path(), List.of()),
        deletes.getOrDefault(segment.path(), List.of()));
  }

  private Map<String, List<FieldBinlog>> bySegment(String kind, long id)
      throws InterruptedException {
    Map<String, List<FieldBinlog>> all = new HashMap<>();
    String prefix = id + "/";
    for (Map.Entry<String, byte[]> entry : etcd.below(meta + kind + prefix, revision)) {
      String path = prefix + entry.getKey();
      all.computeIfAbsent(path.substring(0, path.lastIndexOf('/')), unused -> new ArrayList<>())
          .add(Records.parse("A list of files", FieldBinlog.parser(), entry.getValue()));
    }
    return all;
  }
}
