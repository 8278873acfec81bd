package io.milvus.cdc.examples.compare;

import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.cdc.examples.client.Query;
import io.milvus.cdc.examples.client.ReadAt;
import io.milvus.cdc.examples.client.Scan;
import java.util.List;

/** Walks through the rows of both sides at once, in the order of their keys. */
final class RowComparison {
  private static final int LONGEST_VALUE = 120;

  private final Layout layout;
  private final int pageRows;
  private final Differences differences;

  RowComparison(Layout layout, int pageRows, Differences differences) {
    this.layout = layout;
    this.pageRows = pageRows;
    this.differences = differences;
  }

  /** A cursor through some partitions, or all where none is named. */
  RowCursor cursor(MilvusCollection collection, List<String> partitions, ReadAt at) {
    Query page = new Query("", layout.fields(), partitions, at, pageRows);
    return new RowCursor(new Scan(collection, layout.keyField(), page), layout.fields());
  }

  /** Compares counts. */
  void counts(String where, Rows counts) {
    differences.unlessEqual(where, "count(*)", counts.source(), counts.target());
  }

  /**
   * Compares rows.
   *
   * @return how many the source has there, and how many the target
   */
  Rows rows(String where, RowCursor from, RowCursor to) {
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

  private void describe(String where, RowCursor from, RowCursor to) {
    if (!differences.hasRoom()) {
      differences.add(where, "");
      return;
    }
    for (int field = 0; field < layout.fields().size(); field++) {
      differences.unlessEqual(
          where,
          "%s of row %s".formatted(layout.fields().get(field), from.key()),
          shortened(from.value(field)),
          shortened(to.value(field)));
    }
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  /** Rows that were seen. */
  record Rows(long source, long target) {
    Rows plus(Rows more) {
      return new Rows(source + more.source, target + more.target);
    }
  }
}
