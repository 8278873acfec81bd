package io.milvus.cdc.memory;

import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Row;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the rows of a collection, one for each key. Thread-safe. */
final class RowTable {
  /** A row, decoded. */
  record Kept(long partition, Map<String, @Nullable Object> values) {}

  private final Map<Object, Kept> rows = new LinkedHashMap<>();

  /** Returns decoded rows, by key. */
  static Map<Object, Kept> decode(InsertedRows some, long partition) {
    Map<Object, Kept> decoded = new LinkedHashMap<>();
    for (int i = 0; i < some.count(); i++) {
      Row row = some.row(i);
      decoded.put(row.key(), new Kept(partition, Values.of(row.values())));
    }
    return decoded;
  }

  synchronized void put(Map<Object, Kept> some) {
    rows.putAll(some);
  }

  synchronized void remove(Collection<?> keys) {
    rows.keySet().removeAll(keys);
  }

  /** Removes the rows of these keys that are in this partition. */
  synchronized void remove(Collection<?> keys, long partition) {
    for (Object key : keys) {
      Kept row = rows.get(key);
      if (row != null && row.partition() == partition) {
        rows.remove(key);
      }
    }
  }

  synchronized void removePartition(long partition) {
    rows.values().removeIf(row -> row.partition() == partition);
  }

  synchronized void clear() {
    rows.clear();
  }

  synchronized Map<Object, Map<String, @Nullable Object>> values() {
    Map<Object, Map<String, @Nullable Object>> values = new LinkedHashMap<>();
    rows.forEach((key, row) -> values.put(key, row.values()));
    return Collections.unmodifiableMap(values);
  }
}
