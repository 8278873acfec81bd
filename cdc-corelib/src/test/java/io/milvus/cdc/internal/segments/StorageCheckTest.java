package io.milvus.cdc.internal.segments;

import static io.milvus.cdc.internal.segments.MapKeys.META;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.proto.meta.Binlog;
import io.milvus.cdc.proto.meta.FieldBinlog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {
  private static final String FOLDER = "7/70/700/1";

  @TempDir private Path directory;

  private final MapKeys etcd = new MapKeys();

  private void recorded(long... ids) {
    FieldBinlog.Builder files = FieldBinlog.newBuilder().setFieldId(1);
    for (long id : ids) {
      files.addBinlogs(Binlog.newBuilder().setLogId(id).setEntriesNum(1));
    }
    etcd.put("datacoord-meta/binlog/" + FOLDER, files.build());
  }

  private void stored(String path) throws Exception {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "rows");
  }

  private void require() throws Exception {
    StorageEndpoint endpoint = StorageEndpoint.directory(directory);
    try (ObjectStorage storage = ObjectStorage.open(endpoint)) {
      StorageCheck.require(etcd, META, storage, endpoint, Duration.ZERO);
    }
  }

  @Test
  void aSourceWithoutStoredRowsPasses() {
    assertThatCode(this::require).doesNotThrowAnyException();
  }

  @Test
  void aStorageThatCannotBeListedIsFoundBeforeTheFirstRowIsStored() throws Exception {
    Path vanishing = Files.createDirectory(directory.resolve("vanishing"));
    StorageEndpoint endpoint = StorageEndpoint.directory(vanishing);
    try (ObjectStorage storage = ObjectStorage.open(endpoint)) {
      Files.delete(vanishing);
      assertThatThrownBy(() -> StorageCheck.require(etcd, META, storage, endpoint, Duration.ZERO))
          .isInstanceOf(CdcException.class)
          .hasMessageContaining(vanishing.toString());
    }
  }

  @Test
  void oneRecordedFileIsEnough() throws Exception {
    recorded(10, 11);
    stored("insert_log/" + FOLDER + "/11");
    assertThatCode(this::require).doesNotThrowAnyException();
  }

  /** A source that collects garbage removes the files first, then their records. */
  @Test
  void aSourceThatIsRemovingItsOldestFilesPasses() throws Exception {
    recorded(10);
    stored("insert_log/" + FOLDER + "/11");
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(
            () -> recorded(11), CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
    StorageEndpoint endpoint = StorageEndpoint.directory(directory);
    try (ObjectStorage storage = ObjectStorage.open(endpoint)) {
      StorageCheck.require(etcd, META, storage, endpoint, Duration.ofMillis(200));
    }
    assertThat(later).isCompleted();
  }

  @Test
  void aDirectoryOfNoMilvusIsRefused() {
    recorded(10);
    assertThatThrownBy(this::require)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("holds no rows of a Milvus");
  }

  @Test
  void theStorageOfAnotherMilvusIsRefused() throws Exception {
    recorded(10);
    stored("insert_log/8/80/800/1/10");
    assertThatThrownBy(this::require)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("insert_log/" + FOLDER + "/10")
        .hasMessageContaining("Set the storage of this source");
  }
}
