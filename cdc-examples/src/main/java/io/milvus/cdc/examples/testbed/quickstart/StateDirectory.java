package io.milvus.cdc.examples.testbed.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Creates a directory for a task's checkpoint, and deletes it when it is closed. */
record StateDirectory(Path path) implements AutoCloseable {
  static StateDirectory create() {
    try {
      return new StateDirectory(Files.createTempDirectory("cdc-quickstart-"));
    } catch (IOException e) {
      throw new UncheckedIOException("No directory for the task's state can be created", e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Directory %s cannot be removed".formatted(path), e);
    }
  }
}
