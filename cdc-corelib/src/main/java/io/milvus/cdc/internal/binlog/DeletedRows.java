package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the deletes of deltalogs up to one timestamp. A row is deleted if a delete of its key is
 * later than the row (2.3.5 internal/datanode/compactor.go). For one thread.
 */
public final class DeletedRows {
  private final long upTo;
  private final LongMap integers = new LongMap();
  private final Map<String, Long> texts = new HashMap<>();
  private final @Nullable DeletedRows common;

  /** Creates an empty set, which ignores deletes and rows after {@code upTo}. */
  public DeletedRows(long upTo) {
    this.upTo = upTo;
    this.common = null;
  }

  /** Creates a set that also has the deletes of another one, which it refers to. */
  public DeletedRows(DeletedRows common) {
    this.upTo = common.upTo;
    this.common = common;
  }

  /**
   * Adds the deletes of a deltalog. May block.
   *
   * @throws SourceException if it is damaged or encrypted
   * @throws ConfigException if a library is not on the classpath
   * @throws IOException if the storage fails
   */
  public void addAll(ByteSource deltalog) throws IOException {
    Libraries.require();
    DeltaLog.read(deltalog, this);
  }

  /** Returns the number of deleted keys; a key counts twice if both sets have it. */
  public int size() {
    return integers.size() + texts.size() + (common == null ? 0 : common.size());
  }

  long upTo() {
    return upTo;
  }

  void add(long key, long timestamp) {
    if (timestamp <= upTo) {
      integers.putGreatest(key, timestamp);
    }
  }

  void add(String key, long timestamp) {
    if (timestamp <= upTo) {
      texts.merge(key, timestamp, Math::max);
    }
  }

  boolean contains(long key, long rowTimestamp) {
    return rowTimestamp < integers.get(key)
        || (common != null && common.contains(key, rowTimestamp));
  }

  boolean contains(String key, long rowTimestamp) {
    return rowTimestamp < texts.getOrDefault(key, 0L)
        || (common != null && common.contains(key, rowTimestamp));
  }
}
