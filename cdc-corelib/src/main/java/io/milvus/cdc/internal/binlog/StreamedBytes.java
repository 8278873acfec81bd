package io.milvus.cdc.internal.binlog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * Reads plain byte strings of a page that is too large for the heap. The library's readers need the
 * whole page.
 */
final class StreamedBytes extends ValuesReader {
  /** A longer value is allocated as it is read. No value of a Milvus is as long. */
  private static final int LONGEST = 1 << 20;

  private final InputStream page;

  /** The bytes of each value, or -1 if each begins with its length. */
  private final int width;

  /** The bytes that the page has left. */
  private long left;

  private byte[] value = new byte[0];

  StreamedBytes(InputStream page, int width, long size) {
    this.page = page;
    this.width = width;
    this.left = size;
  }

  @Override
  public Binary readBytes() {
    try {
      int length = width < 0 ? prefix() : width;
      require(length);
      byte[] bytes = read(length);
      // Only a read behind the last value checks the checksum.
      if (left == 0 && page.read() >= 0) {
        throw new IOException("the page is longer than its header says");
      }
      return Binary.fromReusedByteArray(bytes, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns at least as many bytes. */
  private byte[] read(int length) throws IOException {
    if (length > LONGEST) {
      byte[] all = page.readNBytes(length);
      requireWhole(all.length, length);
      return all;
    }
    if (value.length < length) {
      value = new byte[length];
    }
    requireWhole(page.readNBytes(value, 0, length), length);
    return value;
  }

  @Override
  public void skip() {
    readBytes();
  }

  private int prefix() throws IOException {
    require(Integer.BYTES);
    byte[] prefix = page.readNBytes(Integer.BYTES);
    requireWhole(prefix.length, Integer.BYTES);
    return ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private void require(int length) throws EOFException {
    if (length < 0 || length > left) {
      throw new EOFException("a value of %d bytes, and %d are left".formatted(length, left));
    }
    left -= length;
  }

  private static void requireWhole(int read, int length) throws EOFException {
    if (read < length) {
      throw new EOFException("%d of %d bytes".formatted(read, length));
    }
  }
}
