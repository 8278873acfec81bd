package io.milvus.cdc.internal.binlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Maps keys of two longs to positive longs, and keeps the greatest value of each key. A large table
 * is in a file, which the operating system holds in the memory that is free. For one thread.
 */
final class KeyTable implements Closeable {
  private static final int FIRST = 16;

  /** The places of a table in the heap: 24 MiB. */
  private static final int MOST_IN_HEAP = 1 << 20;

  /** The places of one mapping, which may have 2 GiB. */
  private static final int CHUNK_BITS = 24;

  private static final int LONGS = 3;

  /** The golden ratio, which spreads neighbors. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private static final int PIECE = 1 << 20;

  private final Path directory;
  private @Nullable FileChannel file;

  /** Holds key, key and value of each place; the value 0 is a free place. */
  private LongBuffer[] chunks = {LongBuffer.allocate(LONGS * FIRST)};

  private long places = FIRST;
  private long size;

  /**
   * Creates an empty table.
   *
   * @param directory holds the file of a large table
   */
  KeyTable(Path directory) {
    this.directory = directory;
  }

  long size() {
    return size;
  }

  /**
   * Puts a value, unless the key has a greater value.
   *
   * @throws IOException if there is no space on the disk
   */
  void putGreatest(long first, long second, long value) throws IOException {
    if (value <= 0) {
      throw new IllegalArgumentException("The value %d is not positive.".formatted(value));
    }
    long place = place(first, second);
    LongBuffer chunk = chunk(place);
    int at = at(place);
    if (chunk.get(at + 2) == 0) {
      chunk.put(at, first).put(at + 1, second);
      size++;
    }
    chunk.put(at + 2, Math.max(chunk.get(at + 2), value));
    if (size > places / 4 * 3) {
      grow();
    }
  }

  /** Returns the value of a key, or 0 if it has none. */
  long get(long first, long second) {
    long place = place(first, second);
    return chunk(place).get(at(place) + 2);
  }

  /** Returns the place of a key, or the free place for it. */
  private long place(long first, long second) {
    long last = places - 1;
    long mixed = (first ^ Long.rotateLeft(second, 32)) * SPREAD;
    long place = mixed >>> (Long.SIZE - Long.bitCount(last));
    while (true) {
      LongBuffer chunk = chunk(place);
      int at = at(place);
      if (chunk.get(at + 2) == 0 || (chunk.get(at) == first && chunk.get(at + 1) == second)) {
        return place;
      }
      place = (place + 1) & last;
    }
  }

  private LongBuffer chunk(long place) {
    return chunks[(int) (place >>> CHUNK_BITS)];
  }

  private static int at(long place) {
    return LONGS * (int) (place & ((1 << CHUNK_BITS) - 1));
  }

  private void grow() throws IOException {
    LongBuffer[] oldChunks = chunks;
    FileChannel oldFile = file;
    places = 2 * places;
    chunks =
        places <= MOST_IN_HEAP
            ? new LongBuffer[] {LongBuffer.allocate((int) (LONGS * places))}
            : mapped(places);
    for (LongBuffer old : oldChunks) {
      for (int at = 0; at < old.capacity(); at += LONGS) {
        if (old.get(at + 2) != 0) {
          long place = place(old.get(at), old.get(at + 1));
          LongBuffer chunk = chunk(place);
          for (int i = 0; i < LONGS; i++) {
            chunk.put(at(place) + i, old.get(at + i));
          }
        }
      }
    }
    if (oldFile != null) {
      oldFile.close();
    }
  }

  private LongBuffer[] mapped(long count) throws IOException {
    Files.createDirectories(directory);
    FileChannel created =
        FileChannel.open(
            Files.createTempFile(directory, "milvus-cdc-", ".deletes"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    boolean complete = false;
    try {
      LongBuffer[] all = mapped(created, count);
      file = created;
      complete = true;
      return all;
    } finally {
      if (!complete) {
        created.close();
      }
    }
  }

  private static LongBuffer[] mapped(FileChannel created, long count) throws IOException {
    reserve(created, count * LONGS * Long.BYTES);
    long each = Math.min(count, 1 << CHUNK_BITS);
    LongBuffer[] all = new LongBuffer[(int) (count / each)];
    for (int i = 0; i < all.length; i++) {
      long bytes = each * LONGS * Long.BYTES;
      all[i] = created.map(MapMode.READ_WRITE, i * bytes, bytes).asLongBuffer();
    }
    return all;
  }

  /** Writes zeros. If the disk were full later, a write to the mapping would end the process. */
  private static void reserve(FileChannel created, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(PIECE);
    for (long done = 0; done < bytes; ) {
      zeros.clear().limit((int) Math.min(PIECE, bytes - done));
      done += created.write(zeros, done);
    }
  }

  @Override
  public void close() throws IOException {
    chunks = new LongBuffer[] {LongBuffer.allocate(LONGS * FIRST)};
    places = FIRST;
    size = 0;
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
