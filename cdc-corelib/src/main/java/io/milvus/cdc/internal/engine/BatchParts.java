package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.Insert;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides the rows of a batch into parts that fit into memory. A batch has all rows of its
 * timestamps. So a bulk import, which has one timestamp, is one batch.
 */
final class BatchParts {
  private BatchParts() {}

  /** Returns the parts in order: one or more. Each has one message, or at most these bytes. */
  static List<List<Insert>> of(List<Insert> rows, long mostBytes) {
    List<List<Insert>> parts = new ArrayList<>();
    List<Insert> part = new ArrayList<>();
    long bytes = 0;
    for (Insert insert : rows) {
      if (!part.isEmpty() && bytes + insert.payload().size() > mostBytes) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(insert);
      bytes += insert.payload().size();
    }
    parts.add(part);
    return parts;
  }

  /**
   * Returns whether all rows have one timestamp. Otherwise a target must not be relieved between
   * parts: rows of later parts may be older than those of earlier ones.
   */
  static boolean isOfOneTime(List<Insert> rows) {
    return rows.isEmpty() || rows.get(0).timestamp() == rows.get(rows.size() - 1).timestamp();
  }
}
