package io.milvus.cdc.internal.spill;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Stores payloads on disk, for rows that must be read before they can be sent. The file is emptied
 * whenever none of its payloads is needed. It is deleted with the process. Thread-safe.
 */
public final class Spill implements AutoCloseable {
  private final Path directory;
  private FileChannel file;
  private long end;
  private int held;

  private Spill(Path directory, FileChannel file) {
    this.directory = directory;
    this.file = file;
  }

  /**
   * Creates an empty file.
   *
   * @throws RetriableException if the directory cannot be used
   */
  public static Spill in(Path directory) {
    try {
      return new Spill(directory, open(directory));
    } catch (IOException e) {
      throw full(directory, e);
    }
  }

  private static FileChannel open(Path directory) throws IOException {
    Files.createDirectories(directory);
    return FileChannel.open(
        Files.createTempFile(directory, "milvus-cdc-", ".spill"),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private static RetriableException full(Path directory, IOException e) {
    return new RetriableException(
        "Rows cannot be stored in %s: %s.".formatted(directory, e),
        "Free disk space, or set another spill directory.",
        e);
  }

  /**
   * Moves bytes to disk.
   *
   * @throws RetriableException if there is no space
   */
  public synchronized Payload keep(byte[] bytes) {
    long start = end;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (buffer.hasRemaining()) {
        end += file.write(buffer, end);
      }
    } catch (IOException e) {
      throw full(directory, e);
    }
    held++;
    return new Spilled(start, bytes.length);
  }

  private byte[] read(long start, int size) {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    try {
      while (buffer.hasRemaining()) {
        if (file.read(buffer, start + buffer.position()) < 0) {
          throw new IOException("the spill file ends too early");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.array();
  }

  /** Releases a payload that {@link #keep} has returned. Ignores any other payload. */
  public synchronized void release(Payload payload) {
    if (payload instanceof Spilled && --held == 0) {
      end = 0;
      try {
        file.truncate(0);
      } catch (IOException e) {
        throw full(directory, e);
      }
    }
  }

  /** Returns whether a payload is on disk. */
  public static boolean holds(Payload payload) {
    return payload instanceof Spilled;
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw full(directory, e);
    }
  }

  private final class Spilled implements Payload {
    private final long start;
    private final int size;

    Spilled(long start, int size) {
      this.start = start;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public byte[] bytes() {
      return read(start, size);
    }
  }
}
