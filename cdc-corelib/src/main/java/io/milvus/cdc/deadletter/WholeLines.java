package io.milvus.cdc.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** A file of lines. An append adds all of its lines or nothing. */
final class WholeLines {
  private static final int STEP = 8192;

  private final FileChannel file;

  WholeLines(FileChannel file) {
    this.file = file;
  }

  /** Cuts off a partial line that a crash has left. */
  void mend() throws IOException {
    file.truncate(endOfLastLine());
  }

  /** Adds lines, and forces them to disk. */
  void append(Iterator<String> lines) throws IOException {
    long end = file.size();
    boolean done = false;
    try {
      file.position(end);
      while (lines.hasNext()) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.next() + "\n");
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      }
      file.force(true);
      done = true;
    } finally {
      if (!done) {
        file.truncate(end);
      }
    }
  }

  private long endOfLastLine() throws IOException {
    for (long end = file.size(); end > 0; end -= STEP) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(end, STEP));
      long start = end - bytes.capacity();
      while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {}
      for (int i = bytes.position() - 1; i >= 0; i--) {
        if (bytes.get(i) == '\n') {
          return start + i + 1;
        }
      }
    }
    return 0;
  }
}
