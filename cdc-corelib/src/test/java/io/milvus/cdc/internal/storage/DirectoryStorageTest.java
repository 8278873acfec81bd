package io.milvus.cdc.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest extends StorageContract {
  private static final String COLUMN = "insert_log/1/2/3/100/4";

  @TempDir private Path parent;

  private Path root() {
    return parent.resolve("files");
  }

  @Override
  void create() throws IOException {
    Files.createDirectories(root());
  }

  @Override
  DirectoryEndpoint endpoint() {
    return StorageEndpoint.directory(root());
  }

  @Override
  DirectoryEndpoint elsewhere() {
    return StorageEndpoint.directory(parent);
  }

  @Override
  void put(String name, byte[] bytes) throws IOException {
    Path file = root().resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Override
  void delete(String name) throws IOException {
    Files.delete(root().resolve(name));
  }

  @Test
  void namesTheRootAboveADirectoryThatIsTooDeep() throws Exception {
    put(COLUMN, new byte[1]);
    DirectoryEndpoint deep = StorageEndpoint.directory(root().resolve("insert_log"));

    try (ObjectStorage storage = ObjectStorage.open(deep)) {
      assertThatThrownBy(() -> MilvusRoot.require(storage, deep))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("localStorage.path", "[" + root() + "]");
    }
  }

  @Test
  void refusesADirectoryThatDoesNotExistOrIsAFile() throws Exception {
    put("a", new byte[1]);

    assertThatThrownBy(
            () -> ObjectStorage.open(StorageEndpoint.directory(parent.resolve("nothing"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("nothing does not exist", "localStorage.path");
    assertThatThrownBy(() -> ObjectStorage.open(StorageEndpoint.directory(root().resolve("a"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void aDirectoryThatVanishesIsNotEmpty() throws Exception {
    put(COLUMN, new byte[1]);
    try (ObjectStorage storage = ObjectStorage.open(endpoint())) {
      Files.move(root(), parent.resolve("unmounted"));

      for (String folder : new String[] {"", "insert_log/"}) {
        assertThatThrownBy(() -> storage.list(folder))
            .isInstanceOf(RetriableException.class)
            .hasMessageContainingAll("no longer exists", "mounted");
      }
      assertThatThrownBy(() -> storage.read(COLUMN)).isInstanceOf(RetriableException.class);
    }
  }

  @Test
  void neverFollowsALinkOutOfTheDirectory() throws Exception {
    Files.writeString(parent.resolve("secret"), "secret");
    Files.createSymbolicLink(root().resolve("link"), parent.resolve("secret"));
    Files.createSymbolicLink(root().resolve("insert_log"), parent);

    try (ObjectStorage storage = ObjectStorage.open(endpoint())) {
      assertThatThrownBy(() -> storage.read("link"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("'link' is a link", "secret");
      assertThatThrownBy(() -> storage.size("insert_log/secret"))
          .isInstanceOf(ConfigException.class);
      assertThatThrownBy(() -> storage.list("insert_log/")).isInstanceOf(ConfigException.class);
      assertThat(storage.list("")).isEmpty();
    }
  }

  @Test
  void followsALinkToTheDirectoryItself() throws Exception {
    put(COLUMN, new byte[3]);
    Path link = Files.createSymbolicLink(parent.resolve("link"), root());

    try (ObjectStorage storage = ObjectStorage.open(StorageEndpoint.directory(link))) {
      assertThat(storage.list("insert_log/")).containsExactly(new StoredObject(COLUMN, 3));
      assertThat(storage.read(COLUMN).remaining()).isEqualTo(3);
    }
  }

  @Test
  void aFileThatMayNotBeReadNamesTheUser() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    put(COLUMN, new byte[1]);
    Files.setPosixFilePermissions(
        root().resolve(COLUMN), PosixFilePermissions.fromString("---------"));

    try (ObjectStorage storage = ObjectStorage.open(endpoint())) {
      assertThatThrownBy(() -> storage.read(COLUMN))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(System.getProperty("user.name"));
    }
  }

  @Test
  void explainsFailuresOfTheSystem() {
    DirectoryRefusal refusal = new DirectoryRefusal(endpoint());

    assertThat(refusal.explain(COLUMN, true, new AccessDeniedException("/data/4")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("may not read '/data/4'", "Grant the user permission");
    assertThat(refusal.unusable(new AccessDeniedException("/data")))
        .hasMessageContaining("may not read '/data'");
    assertThat(refusal.explain(COLUMN, true, new IOException("Stale file handle")))
        .isInstanceOf(RetriableException.class)
        .hasMessageContainingAll(COLUMN, "Stale file handle", "network file system");
  }

  @Test
  void endsWhenItIsInterrupted() throws Exception {
    put(COLUMN, new byte[1]);
    try (ObjectStorage storage = ObjectStorage.open(endpoint())) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> storage.read(COLUMN)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
