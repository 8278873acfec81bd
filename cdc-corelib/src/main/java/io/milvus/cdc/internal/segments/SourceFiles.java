package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.internal.binlog.ByteSource;
import io.milvus.cdc.internal.storage.ObjectStorage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens objects of a storage. A larger object of a server is copied to disk first, in few requests.
 * The copies are retained for the next window, up to a limit. For one thread.
 */
final class SourceFiles implements AutoCloseable {
  private static final long SMALL = 256 << 10;
  private static final int PIECE = 8 << 20;
  private static final long MOST_BYTES = 4L << 30;
  private static final int MOST_FILES = 256;

  private final ObjectStorage storage;
  private final Path directory;

  /** In the order of their last use. */
  private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  SourceFiles(ObjectStorage storage, Path directory) {
    this.storage = storage;
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** Opens an object. It can be read until the next call of {@link #trim}. */
  ByteSource open(String name) throws IOException, InterruptedException {
    Copy copy = copies.get(name);
    if (copy != null) {
      return copy;
    }
    long size = storage.size(name);
    if (storage.isLocal()) {
      return new Direct(storage, name, size);
    }
    if (size <= SMALL) {
      return ByteSource.of(name, storage.read(name));
    }
    Copy created = new Copy(name, size, channel());
    copies.put(name, created);
    bytes += size;
    try {
      fill(created);
    } catch (IOException | RuntimeException | InterruptedException e) {
      forget(name);
      throw e;
    }
    return created;
  }

  private FileChannel channel() throws IOException {
    Files.createDirectories(directory);
    return FileChannel.open(
        Files.createTempFile(directory, "milvus-cdc-", ".binlog"),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private void fill(Copy copy) throws IOException, InterruptedException {
    for (long start = 0; start < copy.size(); start += PIECE) {
      int length = (int) Math.min(PIECE, copy.size() - start);
      ByteBuffer piece = storage.read(copy.name(), start, length);
      while (piece.hasRemaining()) {
        copy.file().write(piece, start + length - piece.remaining());
      }
    }
  }

  /** Deletes the copy of an object, if there is one. */
  void forget(String name) throws IOException {
    Copy copy = copies.remove(name);
    if (copy != null) {
      bytes -= copy.size();
      copy.file().close();
    }
  }

  /** Deletes the copies that were not used for the longest time, until all are within the limit. */
  void trim() throws IOException {
    Iterator<Copy> oldest = copies.values().iterator();
    while (bytes > MOST_BYTES || copies.size() > MOST_FILES) {
      Copy copy = oldest.next();
      oldest.remove();
      bytes -= copy.size();
      copy.file().close();
    }
  }

  @Override
  public void close() throws IOException {
    for (Copy copy : copies.values()) {
      copy.file().close();
    }
    copies.clear();
    bytes = 0;
  }

  /** Reads parts of an object where it is. */
  private record Direct(ObjectStorage storage, String name, long size) implements ByteSource {
    @Override
    public ByteBuffer read(long offset, int length) throws IOException {
      try {
        return storage.read(name, offset, length);
      } catch (CdcException | InterruptedException e) {
        throw new StorageFailure(e);
      }
    }
  }

  /** Reads a copy on disk. */
  private record Copy(String name, long size, FileChannel file) implements ByteSource {
    @Override
    public ByteBuffer read(long offset, int length) throws IOException {
      if (offset < 0 || length < 0 || offset > size - length) {
        throw new EOFException("bytes %d to %d of %d".formatted(offset, offset + length, size));
      }
      ByteBuffer part = ByteBuffer.allocate(length);
      while (part.hasRemaining()) {
        if (file.read(part, offset + part.position()) < 0) {
          throw new EOFException("the copy of %s ends too early".formatted(name));
        }
      }
      return part.flip();
    }
  }
}
