package io.milvus.cdc.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts rows so that they are equal if their values are: arrays become lists. */
final class Values {
  private Values() {}

  static Map<String, @Nullable Object> of(Map<String, ? extends @Nullable Object> row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    row.forEach((field, value) -> values.put(field, comparable(value)));
    return Collections.unmodifiableMap(values);
  }

  private static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof float[] floats) {
      List<Float> list = new ArrayList<>(floats.length);
      for (float one : floats) {
        list.add(one);
      }
      return List.copyOf(list);
    }
    if (value instanceof byte[] bytes) {
      List<Byte> list = new ArrayList<>(bytes.length);
      for (byte one : bytes) {
        list.add(one);
      }
      return List.copyOf(list);
    }
    return value;
  }
}
