package io.milvus.cdc.examples.compare;

import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.cdc.examples.client.Query;
import io.milvus.cdc.examples.client.ReadAt;
import io.milvus.cdc.examples.client.Scan;
import java.util.List;

/** Walks through the rows of both sides at once, in the order of their keys. */
final class RowComparison {
  private static final int LONGEST_VALUE = 120;

  private final Readable readable;
  private final int pageRows;
  private final Differences differences;

  RowComparison(Readable readable, int pageRows, Differences differences) {
    this.readable = readable;
    this.pageRows = pageRows;
    this.differences = differences;
  }

  /**
   * Compares some partitions, or all where none is named.
   *
   * @return how many rows the source has there, and how many the target
   */
  Rows compare(
      String where, List<String> partitions, Side source, Side target) {
    RowCursor from = cursor(source, partitions);
    RowCursor to = cursor(target, partitions);
    while (!from.atEnd() || !to.atEnd()) {
      int order = from.atEnd() ? 1 : to.atEnd() ? -1 : from.key().compareTo(to.key());
      if (order < 0) {
        differences.add(where, "row %s is not on the target".formatted(from.key()));
      } else if (order > 0) {
        differences.add(where, "row %s is only on the target".formatted(to.key()));
      } else if (from.digest() != to.digest()) {
        describe(where, from, to);
      }
      if (order <= 0) {
        from.advance();
      }
      if (order >= 0) {
        to.advance();
      }
    }
    return new Rows(from.passed(), to.passed());
  }

  private RowCursor cursor(Side side, List<String> partitions) {
    Query page =
        new Query("", readable.fields(), partitions, side.readAt(), pageRows);
    return new RowCursor(
        new Scan(side.collection(), readable.keyField(), page), readable.fields());
  }

  private void describe(String where, RowCursor from, RowCursor to) {
    if (!differences.hasRoom()) {
      differences.add(where, "");
      return;
    }
    for (int field = 0; field < readable.fields().size(); field++) {
      differences.unlessEqual(
          where,
          "%s of row %s".formatted(readable.fields().get(field), from.key()),
          shortened(from.value(field)),
          shortened(to.value(field)));
    }
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  /** One side: a collection, and how fresh to read it. */
  record Side(MilvusCollection collection, ReadAt readAt) {}

  /** Rows that were seen. */
  record Rows(long source, long target) {
    Rows plus(Rows more) {
      return new Rows(source + more.source, target + more.target);
    }
  }
}
