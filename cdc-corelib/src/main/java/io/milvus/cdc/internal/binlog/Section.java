package io.milvus.cdc.internal.binlog;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Presents a part of a file as a file, under the name of the whole file. */
record Section(ByteSource file, long start, long size) implements ByteSource {
  /** Rejects a part that is not inside a file of some size. */
  static void requireInside(long offset, int length, long size) throws EOFException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new EOFException("bytes %d to %d of %d".formatted(offset, offset + length, size));
    }
  }

  @Override
  public String name() {
    return file.name();
  }

  /**
   * {@inheritDoc}
   *
   * @throws EOFException if the bytes are not inside this part
   * @throws ReadFailed if the storage fails
   */
  @Override
  public ByteBuffer read(long offset, int length) throws EOFException, ReadFailed {
    requireInside(offset, length, size);
    try {
      return file.read(start + offset, length);
    } catch (IOException e) {
      throw new ReadFailed(e);
    }
  }
}
