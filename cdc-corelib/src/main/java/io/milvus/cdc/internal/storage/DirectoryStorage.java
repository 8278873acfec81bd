package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.error.ConfigException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads the objects that a Milvus stores in a directory. Never leaves the directory. */
final class DirectoryStorage implements ObjectStorage {
  private final DirectoryRefusal refusal;
  private final Path root;

  private DirectoryStorage(DirectoryRefusal refusal, Path root) {
    this.refusal = refusal;
    this.root = root;
  }

  /**
   * Opens a directory.
   *
   * @throws ConfigException if it does not exist, is a file, or cannot be read
   */
  static DirectoryStorage open(DirectoryEndpoint endpoint) {
    DirectoryRefusal refusal = new DirectoryRefusal(endpoint);
    Path path = endpoint.path();
    try {
      Path root = path.toRealPath();
      if (!Files.isDirectory(root)) {
        throw new NotDirectoryException(path.toString());
      }
      if (!Files.isReadable(root)) {
        throw new AccessDeniedException(path.toString());
      }
      return new DirectoryStorage(refusal, root);
    } catch (IOException e) {
      throw refusal.unusable(e);
    }
  }

  @Override
  public List<StoredObject> list(String folder) throws InterruptedException {
    Path start = root.resolve(ObjectNames.folder(folder));
    return reading(
        folder,
        () -> {
          Listing listing = new Listing();
          if (exists(start)) {
            Files.walkFileTree(inside(folder, start), listing);
          }
          return listing.files.stream()
              .map(file -> new StoredObject(name(file.path()), file.size()))
              .sorted(StoredObject.BY_NAME)
              .toList();
        });
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace(File.separatorChar, '/');
  }

  @Override
  public List<String> folders(String folder) throws InterruptedException {
    Path start = root.resolve(ObjectNames.folder(folder));
    return reading(
        folder,
        () -> {
          Listing listing = new Listing();
          if (exists(start)) {
            Files.walkFileTree(inside(folder, start), Set.of(), 1, listing);
          }
          return listing.deepest.stream()
              .map(child -> child.getFileName().toString())
              .sorted()
              .toList();
        });
  }

  /** Returns whether a folder exists. A root that vanished is no empty folder. */
  private boolean exists(Path folder) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString());
    }
    return Files.isDirectory(folder);
  }

  @Override
  public long size(String name) throws InterruptedException {
    return reading(name, () -> Files.size(file(name)));
  }

  @Override
  public ByteBuffer read(String name) throws InterruptedException {
    return reading(
        name,
        () -> {
          try (FileChannel channel = FileChannel.open(file(name))) {
            return read(
                name, channel, 0, Parts.arraySize(refusal.endpoint(), name, channel.size()));
          }
        });
  }

  @Override
  public ByteBuffer read(String name, long offset, int length) throws InterruptedException {
    return reading(
        name,
        () -> {
          try (FileChannel channel = FileChannel.open(file(name))) {
            return read(name, channel, offset, length);
          }
        });
  }

  private ByteBuffer read(String name, FileChannel channel, long offset, int length)
      throws IOException {
    if (channel.size() < offset + length) {
      throw Parts.tooShort(refusal.endpoint(), name, channel.size(), offset + length);
    }
    ByteBuffer part = ByteBuffer.allocate(length);
    while (part.hasRemaining()) {
      if (channel.read(part, offset + part.position()) < 0) {
        throw Parts.tooShort(refusal.endpoint(), name, channel.size(), offset + length);
      }
    }
    return part.flip();
  }

  /** Returns an existing file. */
  private Path file(String name) throws IOException {
    Path file = inside(name, root.resolve(ObjectNames.object(name)));
    if (Files.isDirectory(file)) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  /** Returns the real path, and rejects a link that leads out of the root. */
  private Path inside(String name, Path path) throws IOException {
    Path real = path.toRealPath();
    if (!real.startsWith(root)) {
      throw refusal.outside(name, real);
    }
    return real;
  }

  private <T> T reading(String name, Reading<T> reading) throws InterruptedException {
    try {
      return reading.get();
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (IOException e) {
      throw refusal.explain(name, Files.isDirectory(root), e);
    }
  }

  /** A piece of work on files. */
  @FunctionalInterface
  private interface Reading<T> {
    T get() throws IOException;
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return refusal.endpoint().toString();
  }
}
