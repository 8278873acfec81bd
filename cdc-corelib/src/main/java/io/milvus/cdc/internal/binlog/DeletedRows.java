package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the deletes of deltalogs up to one timestamp. A row is deleted if a delete of its key is
 * later than the row (2.3.5 internal/datanode/compactor.go). More than some 800,000 keys are moved
 * to disk. For one thread.
 */
public final class DeletedRows implements Closeable {
  private final long upTo;
  private final KeyTable integers;

  /** Has half of the SHA-256 of each key, as no two keys have the same one. */
  private final KeyTable texts;

  private final Path directory;
  private final MessageDigest digest = digest();
  private final @Nullable DeletedRows common;

  /**
   * Creates an empty set, which ignores deletes and rows after {@code upTo}.
   *
   * @param directory holds the deletes that do not fit into memory
   */
  public DeletedRows(long upTo, Path directory) {
    this(upTo, directory, null);
  }

  /** Creates a set that also has the deletes of another one, which it refers to. */
  public DeletedRows(DeletedRows common) {
    this(common.upTo, common.directory, common);
  }

  private DeletedRows(long upTo, Path directory, @Nullable DeletedRows common) {
    this.upTo = upTo;
    this.directory = directory;
    this.common = common;
    this.integers = new KeyTable(directory);
    this.texts = new KeyTable(directory);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * Adds the deletes of a deltalog. May block.
   *
   * @throws SourceException if it is damaged or encrypted
   * @throws ConfigException if a library is not on the classpath
   * @throws IOException if the storage fails, or the disk is full
   */
  public void addAll(ByteSource deltalog) throws IOException {
    Libraries.require();
    DeltaLog.read(deltalog, this);
  }

  /** Returns the number of deleted keys; a key counts twice if both sets have it. */
  public long size() {
    return integers.size() + texts.size() + (common == null ? 0 : common.size());
  }

  long upTo() {
    return upTo;
  }

  void add(long key, long timestamp) throws IOException {
    if (timestamp <= upTo) {
      integers.putGreatest(key, 0, timestamp);
    }
  }

  /**
   * Adds a text.
   *
   * @param key in UTF-8
   */
  void add(ByteBuffer key, long timestamp) throws IOException {
    if (timestamp <= upTo) {
      ByteBuffer words = hash(key);
      texts.putGreatest(words.getLong(0), words.getLong(Long.BYTES), timestamp);
    }
  }

  boolean contains(long key, long rowTimestamp) {
    return rowTimestamp < integers.get(key, 0)
        || (common != null && common.contains(key, rowTimestamp));
  }

  /** Returns whether the row of a text in UTF-8 is deleted. */
  boolean contains(ByteBuffer key, long rowTimestamp) {
    if (size() == 0) {
      return false;
    }
    ByteBuffer words = hash(key);
    return contains(words.getLong(0), words.getLong(Long.BYTES), rowTimestamp);
  }

  private boolean contains(long first, long second, long rowTimestamp) {
    return rowTimestamp < texts.get(first, second)
        || (common != null && common.contains(first, second, rowTimestamp));
  }

  private ByteBuffer hash(ByteBuffer key) {
    digest.update(key.duplicate());
    return ByteBuffer.wrap(digest.digest());
  }

  /** Closes this set, but not the other one that it refers to. */
  @Override
  public void close() throws IOException {
    integers.close();
    texts.close();
  }
}
