package io.milvus.cdc.internal.binlog;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;

/**
 * Decompresses pages. A page of usual size is decompressed as a whole, so that its checksum is
 * checked before its first value. A large page, such as of vectors with 32,768 dimensions, is
 * decompressed while it is read. For one thread.
 */
final class PageBody {
  /** Go's writer ends a page after 1 MiB, but never before 1,024 values. */
  private static final int WHOLE = 4 << 20;

  private static final int PIECE = 128 << 10;

  /**
   * The dictionary of wide vectors has up to the first 1,024 values of a file, whose limit is 64
   * MiB (arrow-go column_writer.go; dataNode.segment.binlog.maxsize).
   */
  private static final int MOST_WHOLE = 256 << 20;

  /** A buffer for one page after another. */
  private byte[] shared = new byte[0];

  /**
   * Opens the body of a page. If it is a {@link ByteBufferInputStream}, its bytes are valid until
   * the next call.
   *
   * @param start the place of the compressed bytes in the chunk's file
   * @param compressed the number of compressed bytes
   * @param size the number of bytes after decompression, as the page's header says
   */
  InputStream open(Chunk chunk, boolean isCompressed, long start, int compressed, int size)
      throws IOException {
    ByteSource file = chunk.file();
    if (!isCompressed && compressed != size) {
      throw Damage.in(file, "a page has %d bytes, not %d".formatted(compressed, size));
    }
    if (size > WHOLE) {
      SourceStream stream = new SourceStream(file, start, start + compressed, PIECE);
      return isCompressed ? new ZstdInputStreamNoFinalizer(stream) : stream;
    }
    ByteBuffer raw = file.read(start, compressed);
    return ByteBufferInputStream.wrap(isCompressed ? decompressed(chunk, raw, size) : raw);
  }

  private ByteBuffer decompressed(Chunk chunk, ByteBuffer raw, int size) {
    if (shared.length < size) {
      shared = new byte[size];
    }
    byte[] from = raw.hasArray() ? raw.array() : new byte[raw.remaining()];
    int offset = raw.hasArray() ? raw.arrayOffset() + raw.position() : 0;
    int length = raw.remaining();
    if (!raw.hasArray()) {
      raw.get(from);
    }
    long result = Zstd.decompressByteArray(shared, 0, size, from, offset, length);
    if (Zstd.isError(result) || result != size) {
      throw Damage.in(
          chunk.file(),
          "a page cannot be decompressed: "
              + (Zstd.isError(result)
                  ? Zstd.getErrorName(result)
                  : "%d bytes, not %d".formatted(result, size)));
    }
    return ByteBuffer.wrap(shared, 0, size);
  }

  /** Returns the rest of a page, which has {@code size} bytes. */
  ByteBuffer whole(Chunk chunk, InputStream page, int size) throws IOException {
    if (page instanceof ByteBufferInputStream buffer) {
      return buffer.slice(buffer.available()).slice();
    }
    return ByteBuffer.wrap(exactly(chunk, page, size));
  }

  /** Returns the next bytes of a page, which are allocated as they are read. */
  byte[] exactly(Chunk chunk, InputStream page, int length) throws IOException {
    if (length > MOST_WHOLE) {
      throw Damage.unknown(chunk.file(), "it has a page of %d bytes".formatted(length));
    }
    byte[] bytes = page.readNBytes(length);
    if (bytes.length < length) {
      throw Damage.in(chunk.file(), "a page has %d of %d bytes".formatted(bytes.length, length));
    }
    return bytes;
  }

  /** Returns a buffer that later pages do not change. */
  ByteBuffer detach(ByteBuffer body) {
    shared = new byte[0];
    return body;
  }
}
