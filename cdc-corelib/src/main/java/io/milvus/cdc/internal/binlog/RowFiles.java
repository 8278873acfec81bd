package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.SchemaField;
import java.util.List;
import java.util.Map;

/**
 * Lists the binlogs of some rows of one segment: one file for each field. In each file the n-th
 * value belongs to the n-th row.
 *
 * @param rows the collection and partition of the rows, by the source's ids and names
 * @param segment the id of the segment
 * @param fields the fields of the collection; those below 100 are ignored
 * @param binlogs the files by field id, with those of the system fields 0 and 1
 */
public record RowFiles(
    Address rows, long segment, List<SchemaField> fields, Map<Long, ByteSource> binlogs) {
  /** The fields with the ids and the timestamps of the rows. */
  static final long ROW_ID = 0;

  static final long TIMESTAMP = 1;

  /** Lower ids are Milvus's system fields (2.3 internal/common/common.go). */
  private static final long FIRST_FIELD = 100;

  public RowFiles {
    fields = fields.stream().filter(field -> field.id() >= FIRST_FIELD).toList();
    binlogs = Map.copyOf(binlogs);
  }
}
