package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.error.Causes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one column row by row. It holds one page, and a dictionary if there is one. A
 * value is read at most once, and only if the row is not null. For one thread.
 *
 * <p>Methods throw {@link SourceException} if the file is damaged, and {@link IOException} if the
 * storage fails.
 */
final class ColumnCursor implements Closeable {
  private final ByteSource file;
  private final PrimitiveType type;
  private final Iterator<Chunk> chunks;
  private final PageBody bodies = new PageBody();
  private @Nullable ChunkReader chunk;
  private @Nullable RunLengthBitPackingHybridDecoder levels;
  private @Nullable ValuesReader values;

  /** The number of rows that the cursor has reached or passed. */
  private long reached;

  /** The rows of the page behind the cursor's row. */
  private int left;

  private boolean present;
  private boolean unread;

  /** Creates a cursor before the first row. */
  ColumnCursor(ByteSource file, PrimitiveType type, List<Chunk> chunks) {
    this.file = file;
    this.type = type;
    this.chunks = chunks.iterator();
  }

  ByteSource file() {
    return file;
  }

  PrimitiveType type() {
    return type;
  }

  /** Moves to the next row. Returns false after the last row. */
  boolean next() throws IOException {
    try {
      if (unread) {
        values().skip();
      }
      unread = false;
      while (left == 0) {
        if (!nextPage()) {
          return false;
        }
      }
      step();
      return true;
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private void step() throws IOException {
    left--;
    reached++;
    present = levels == null || levels.readInt() == 1;
    unread = present;
  }

  /**
   * Moves on to a row by its number, from 0. Returns false if there is no such row.
   *
   * @param row behind the cursor's row
   */
  boolean moveTo(long row) throws IOException {
    return passTo(row) == row && next();
  }

  /**
   * Moves on until so many rows are passed. A page that has none of the rows behind is not
   * decompressed.
   *
   * @return the number of rows that are passed, which is smaller only after the last row
   */
  long passTo(long rows) throws IOException {
    try {
      while (reached < rows) {
        if (left > 0) {
          passInPage(rows);
        } else {
          unread = false;
          long skipped = chunk == null ? 0 : chunk.skip(rows - reached);
          reached += skipped;
          if (skipped == 0 && !nextPage()) {
            break;
          }
        }
      }
      return reached;
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private void passInPage(long rows) throws IOException {
    while (left > 0 && reached < rows) {
      if (unread) {
        values().skip();
      }
      step();
    }
  }

  private boolean nextPage() throws IOException {
    ChunkReader.@Nullable Page page = chunk == null ? null : chunk.next();
    if (page == null) {
      if (!chunks.hasNext()) {
        return false;
      }
      chunk = new ChunkReader(chunks.next(), bodies);
      return true;
    }
    left = page.count();
    levels = page.levels();
    values = page.values();
    return true;
  }

  boolean isNull() {
    return !present;
  }

  boolean readBoolean() throws IOException {
    try {
      return values().readBoolean();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  int readInt() throws IOException {
    try {
      return values().readInteger();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  long readLong() throws IOException {
    try {
      return values().readLong();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  float readFloat() throws IOException {
    try {
      return values().readFloat();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  double readDouble() throws IOException {
    try {
      return values().readDouble();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  /** Returns a view of a text, JSON, an encoded array or a vector, valid until the next row. */
  ByteBuffer readBytes() throws IOException {
    try {
      return values().readBytes().toByteBuffer();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private ValuesReader values() {
    if (!unread || values == null) {
      throw new IllegalStateException("There is no unread value.");
    }
    unread = false;
    return values;
  }

  private SourceException failed(Exception failure) throws ReadFailed {
    Optional<ReadFailed> storage = Causes.find(failure, ReadFailed.class);
    if (storage.isPresent()) {
      throw storage.get();
    }
    return failure instanceof SourceException explained
        ? explained
        : Damage.in(file, "a page cannot be decoded (%s)".formatted(Causes.root(failure)), failure);
  }

  @Override
  public void close() throws IOException {
    if (chunk != null) {
      chunk.close();
    }
  }
}
