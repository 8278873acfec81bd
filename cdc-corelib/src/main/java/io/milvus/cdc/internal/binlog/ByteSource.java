package io.milvus.cdc.internal.binlog;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads any part of one file, which does not change. */
public interface ByteSource {
  /** Returns the name of the file for messages, such as its key in the object storage. */
  String name();

  /** Returns the number of its bytes. */
  long size();

  /**
   * Reads a part of the file. May block.
   *
   * @return a buffer with exactly these bytes, which nothing changes later
   * @throws IOException if the storage fails, or if the part is not inside the file
   */
  ByteBuffer read(long offset, int length) throws IOException;

  /** Returns a file whose bytes are in memory. They are shared, not copied. */
  static ByteSource of(String name, ByteBuffer bytes) {
    ByteBuffer all = bytes.slice();
    return new ByteSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long size() {
        return all.capacity();
      }

      @Override
      public ByteBuffer read(long offset, int length) throws IOException {
        Section.requireInside(offset, length, size());
        return all.slice((int) offset, length);
      }
    };
  }
}
