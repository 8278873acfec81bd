package io.milvus.cdc.internal.binlog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a part of a file in order, in pieces. For one thread. */
final class SourceStream extends InputStream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ByteSource file;
  private final long end;
  private final int piece;
  private ByteBuffer window = NOTHING;

  /** The place behind the window. */
  private long next;

  /** Creates a stream of the bytes from {@code start} to {@code end}, both inside the file. */
  SourceStream(ByteSource file, long start, long end, int piece) {
    this.file = file;
    this.next = start;
    this.end = end;
    this.piece = piece;
  }

  /** Returns the place in the file of the byte that is read next. */
  long position() {
    return next - window.remaining();
  }

  @Override
  public int read() throws IOException {
    return fill() ? Byte.toUnsignedInt(window.get()) : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, window.remaining());
    window.get(to, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (!window.hasRemaining() && next < end) {
      int length = (int) Math.min(piece, end - next);
      window = file.read(next, length);
      next += length;
    }
    return window.hasRemaining();
  }
}
