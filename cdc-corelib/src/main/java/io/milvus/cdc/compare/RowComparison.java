package io.milvus.cdc.compare;

import com.google.protobuf.ByteString;
import io.milvus.cdc.internal.client.CollectionReader;
import io.milvus.cdc.internal.client.Query;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.internal.client.Scan;
import io.milvus.cdc.internal.error.Shown;
import io.milvus.cdc.internal.milvus.Key;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of both sides at once, in the order of their keys. If several rows of the source
 * share a key, Milvus returns one of them, not always the same. Those rows are counted, not
 * compared.
 */
final class RowComparison {
  private static final Key LARGEST = Key.of(Long.MAX_VALUE);

  private static final int MOST_PARTITION_KEYS = 50;

  private final Set<Object> partitionKeys = new LinkedHashSet<>();
  private final Layout layout;
  private final int pageRows;
  private final Differences differences;
  private final Likeness likeness;

  RowComparison(Layout layout, int pageRows, Differences differences, Likeness likeness) {
    this.layout = layout;
    this.pageRows = pageRows;
    this.differences = differences;
    this.likeness = likeness;
  }

  /** Returns a cursor through some partitions, or through all if none is named. */
  RowCursor cursor(CollectionReader collection, List<String> partitions, ReadAt at) {
    Query page = new Query("", layout.fields(), partitions, at, pageRows);
    return new RowCursor(
        new Scan(collection, layout.keyField(), page),
        layout.fields(),
        likeness.lite() ? JsonMeaning::of : column -> column,
        key ->
            collection.count(
                collection.dialect().in(layout.keyField(), List.of(key)), partitions, at));
  }

  /** Compares counts. */
  void counts(String where, Rows counts) {
    differences.unlessEqual(where, "count(*)", counts.source(), counts.target());
  }

  /**
   * Compares rows.
   *
   * @return the numbers of rows on the source and on the target
   */
  Rows rows(String where, RowCursor from, RowCursor to) {
    while (!from.atEnd() || !to.atEnd()) {
      int order = from.atEnd() ? 1 : to.atEnd() ? -1 : from.key().compareTo(to.key());
      if (order < 0) {
        if (!hides(to, from.key())) {
          differences.add(where, "row %s is not on the target".formatted(from.key()));
        }
      } else if (order > 0) {
        if (!hides(from, to.key())) {
          differences.add(where, "row %s is only on the target".formatted(to.key()));
        }
      } else if (from.digest() != to.digest()) {
        differing(where, from, to);
      }
      if (order <= 0) {
        note(from);
        from.advance();
      }
      if (order >= 0) {
        to.advance();
      }
    }
    return new Rows(from.passed() + hidden(from), to.passed() + hidden(to));
  }

  /** Returns the number of rows that were not returned. */
  private long hidden(RowCursor side) {
    return !layout.textKey() && !LARGEST.equals(side.last()) && hides(side, LARGEST) ? 1 : 0;
  }

  /**
   * Returns whether Milvus hides this row. Milvus 2.3.5 counts a row with the largest number, and
   * returns it to no query.
   */
  private static boolean hides(RowCursor side, Key key) {
    return key.equals(LARGEST) && side.rowsOf(key) > 0;
  }

  private void note(RowCursor row) {
    if (layout.keyed() && partitionKeys.size() < MOST_PARTITION_KEYS) {
      Object key = row.value(layout.fields().indexOf(layout.partitionKey()));
      if (key != null) {
        partitionKeys.add(key);
      }
    }
  }

  /**
   * Returns the first partition keys that were read. Milvus searches such rows in one partition
   * only, so a row in a wrong one is missing from the count.
   */
  List<Key> partitionKeys() {
    return partitionKeys.stream().map(Key::ofValue).toList();
  }

  private void differing(String where, RowCursor from, RowCursor to) {
    if (from.doubled() && (!likeness.exact() || from.rowsOfKey() == to.rowsOfKey())) {
      return;
    }
    if (!differences.hasRoom()) {
      differences.add(where, "");
      return;
    }
    List<String> unequal = new ArrayList<>();
    for (int field = 0; field < layout.fields().size(); field++) {
      Object ours = from.value(field);
      Object theirs = to.value(field);
      if (!Objects.equals(ours, theirs)) {
        unequal.add(
            "%s is %s on the source, %s on the target"
                .formatted(
                    layout.fields().get(field), Shown.cut(text(ours)), Shown.cut(text(theirs))));
      }
    }
    differences.add(where, "row %s: %s".formatted(from.key(), String.join("; ", unequal)));
  }

  private static String text(@Nullable Object value) {
    return value instanceof ByteString bytes
        ? HexFormat.of().formatHex(bytes.toByteArray())
        : String.valueOf(value);
  }

  /** Rows that were read. */
  record Rows(long source, long target) {
    Rows plus(Rows more) {
      return new Rows(source + more.source, target + more.target);
    }
  }
}
