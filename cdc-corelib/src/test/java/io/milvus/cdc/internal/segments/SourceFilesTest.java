package io.milvus.cdc.internal.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.internal.binlog.ByteSource;
import io.milvus.cdc.internal.storage.MissingObjectException;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir Path directory;

  private final byte[] large = Seeded.bytes(new SplittableRandom(1), (9 << 20) + 5);
  private Path spill;
  private ObjectStorage storage;

  @BeforeEach
  void write() throws IOException {
    spill = directory.resolve("spill");
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.write(root.resolve("large"), large);
    Files.write(root.resolve("small"), new byte[] {1, 2, 3});
    storage = ObjectStorage.open(new DirectoryEndpoint(root));
  }

  private SourceFiles distant() {
    return new SourceFiles(new StoredSource.Distant(storage), spill);
  }

  private List<Path> copies() throws IOException {
    if (!Files.exists(spill)) {
      return List.of();
    }
    try (var files = Files.list(spill)) {
      return files.toList();
    }
  }

  private void same(ByteSource source) throws IOException {
    assertThat(source.size()).isEqualTo(large.length);
    assertThat(source.read(0, large.length)).isEqualTo(ByteBuffer.wrap(large));
    int start = (8 << 20) - 3;
    assertThat(source.read(start, 10)).isEqualTo(ByteBuffer.wrap(large, start, 10));
    assertThatIOException().isThrownBy(() -> source.read(large.length - 1, 2));
  }

  @Test
  void filesOfThisMachineAreNotCopied() throws Exception {
    try (SourceFiles files = new SourceFiles(storage, spill)) {
      same(files.open("large"));
      assertThat(copies()).isEmpty();
    }
  }

  @Test
  void largeFilesOfAServerAreCopiedUntilTheyAreForgotten() throws Exception {
    try (SourceFiles files = distant()) {
      ByteSource copy = files.open("large");
      same(copy);
      files.trim();
      assertThat(files.open("large")).isSameAs(copy);
      files.forget("large");
      assertThatIOException().isThrownBy(() -> copy.read(0, 1));
      same(files.open("large"));
    }
  }

  @Test
  void smallFilesStayInMemory() throws Exception {
    try (SourceFiles files = distant()) {
      assertThat(files.open("small").read(1, 2)).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
      assertThat(copies()).isEmpty();
    }
  }

  @Test
  void nothingIsLeftAfterClosing() throws Exception {
    SourceFiles files = distant();
    files.open("large");
    files.close();

    assertThat(copies()).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    try (SourceFiles files = distant()) {
      assertThatThrownBy(() -> files.open("gone"))
          .isInstanceOf(MissingObjectException.class)
          .hasMessageContaining("'gone'");
      files.open("large");
    }
  }

  @Test
  void aFailureOfTheStorageComesThroughTheReader() throws Exception {
    try (SourceFiles files = new SourceFiles(storage, spill)) {
      ByteSource source = files.open("large");
      Files.delete(directory.resolve("root/large"));

      assertThatIOException()
          .isThrownBy(() -> source.read(0, 1))
          .satisfies(
              failure ->
                  assertThat(StorageFailure.explain(failure))
                      .isInstanceOf(MissingObjectException.class));
    }
  }
}
