package io.milvus.cdc.internal.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the files of a directory while another process deletes some. Follows no links. */
final class Listing extends SimpleFileVisitor<Path> {
  final List<Found> files = new ArrayList<>();

  /** Directories at the greatest depth, which are not walked. */
  final List<Path> deepest = new ArrayList<>();

  /** A file and its size in bytes. */
  record Found(Path path, long size) {}

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      files.add(new Found(file, attributes.size()));
    } else if (attributes.isDirectory()) {
      deepest.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    return continueIfDeleted(failure);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
      throws IOException {
    return failure == null ? FileVisitResult.CONTINUE : continueIfDeleted(failure);
  }

  private static FileVisitResult continueIfDeleted(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
