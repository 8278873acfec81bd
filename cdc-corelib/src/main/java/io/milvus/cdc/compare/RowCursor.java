package io.milvus.cdc.compare;

import io.milvus.cdc.internal.client.Cells;
import io.milvus.cdc.internal.client.Page;
import io.milvus.cdc.internal.client.Scan;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.FieldData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Steps through the rows of a scan. */
final class RowCursor {
  private final Scan scan;
  private final List<String> fields;
  private final UnaryOperator<FieldData> reading;
  private final ToLongFunction<Key> count;
  private Optional<Page> page = Optional.empty();
  private List<FieldData> columns = List.of();
  private int row;
  private long passed;
  private @Nullable Key last;

  /**
   * Creates a cursor at the first row.
   *
   * @param reading normalizes a column
   * @param count returns the number of rows that have a key
   */
  RowCursor(
      Scan scan, List<String> fields, UnaryOperator<FieldData> reading, ToLongFunction<Key> count) {
    this.scan = scan;
    this.fields = fields;
    this.reading = reading;
    this.count = count;
    turn();
  }

  private void turn() {
    page = scan.next();
    columns = page.map(this::inOrder).orElse(List.of());
    row = 0;
  }

  private List<FieldData> inOrder(Page unordered) {
    Map<String, FieldData> byName =
        unordered.columns().stream()
            .collect(Collectors.toMap(FieldData::getFieldName, Function.identity()));
    return fields.stream()
        .map(field -> reading.apply(byName.getOrDefault(field, FieldData.getDefaultInstance())))
        .toList();
  }

  boolean atEnd() {
    return page.isEmpty();
  }

  Key key() {
    return page.orElseThrow().key(row);
  }

  /** Returns the number of rows that share the present key. */
  long rowsOfKey() {
    return rowsOf(key());
  }

  /** Returns the number of rows that have a key, returned or not. */
  long rowsOf(Key key) {
    return count.applyAsLong(key);
  }

  /** Returns the key of the last row before the present one, or null if there was none. */
  @Nullable Key last() {
    return last;
  }

  boolean doubled() {
    return rowsOfKey() > 1;
  }

  long digest() {
    return RowDigest.of(columns, row);
  }

  @Nullable Object value(int field) {
    return Cells.value(columns.get(field), row);
  }

  void advance() {
    passed++;
    last = key();
    row++;
    if (row == page.orElseThrow().size()) {
      turn();
    }
  }

  /** Returns the number of rows before the present one. */
  long passed() {
    return passed;
  }
}
