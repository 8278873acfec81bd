package io.milvus.cdc.internal.binlog;

/** Maps integers to positive integers, without an object for each. Keeps the greatest value. */
final class LongMap {
  private static final int FIRST = 16;

  /** The golden ratio, which spreads neighbors. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private long[] keys = new long[FIRST];

  /** 0 is a free place. */
  private long[] values = new long[FIRST];

  private int size;

  int size() {
    return size;
  }

  /** Puts a value, unless the key has a greater value. */
  void putGreatest(long key, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("The value %d is not positive.".formatted(value));
    }
    int place = place(key);
    if (values[place] == 0) {
      keys[place] = key;
      size++;
    }
    values[place] = Math.max(values[place], value);
    if (size > keys.length / 2) {
      grow();
    }
  }

  /** Returns the value of a key, or 0 if it has none. */
  long get(long key) {
    return values[place(key)];
  }

  /** Returns the place of a key, or the free place for it. */
  private int place(long key) {
    int last = keys.length - 1;
    int place = (int) ((key * SPREAD) >>> (Long.SIZE - Integer.bitCount(last)));
    while (values[place] != 0 && keys[place] != key) {
      place = (place + 1) & last;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[Math.multiplyExact(2, oldKeys.length)];
    values = new long[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        values[place] = oldValues[i];
      }
    }
  }
}
