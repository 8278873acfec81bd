package io.milvus.cdc.deadletter;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Holds the keys of the last letters. They suffice: after a crash, only messages that were set
 * aside just before it are read again.
 */
final class RecentKeys {
  private static final int MOST = 10_000;

  private final Set<String> keys = new LinkedHashSet<>();

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Returns false if the key is known. */
  boolean add(String key) {
    boolean added = keys.add(key);
    if (keys.size() > MOST) {
      keys.remove(keys.iterator().next());
    }
    return added;
  }
}
