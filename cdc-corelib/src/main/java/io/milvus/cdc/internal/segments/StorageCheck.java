package io.milvus.cdc.internal.segments;

import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.storage.MilvusRoot;
import io.milvus.cdc.internal.storage.MissingObjectException;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.proto.meta.FieldBinlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that a storage holds the files that a source has recorded. */
public final class StorageCheck {
  private static final String INSERTS = "datacoord-meta/binlog/";

  /** A segment has a record for each field, and a compaction replaces several segments. */
  private static final int TRIES = 64;

  private static final int LOOKS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private StorageCheck() {}

  /** As the other method, over an open connection. */
  public static void require(
      EtcdConnection etcd, String meta, ObjectStorage storage, StorageEndpoint endpoint)
      throws InterruptedException {
    require(new EtcdMetaKeys(etcd), meta, storage, endpoint, PAUSE);
  }

  /**
   * Looks for one recorded file. A source without stored rows passes if its storage can be listed.
   *
   * @param meta the prefix of the source's metadata, with its slash
   * @param pause the time between two looks; the source removes files before their records
   * @throws ConfigException if the storage is another one, or cannot be read
   * @throws io.milvus.cdc.error.RetriableException if a server does not answer
   */
  static void require(
      MetaKeys etcd, String meta, ObjectStorage storage, StorageEndpoint endpoint, Duration pause)
      throws InterruptedException {
    Optional<String> missing = missing(etcd, meta, storage);
    for (int look = 1; look < LOOKS && missing.isPresent(); look++) {
      Thread.sleep(pause.toMillis());
      missing = missing(etcd, meta, storage);
    }
    if (missing.isPresent()) {
      MilvusRoot.require(storage, endpoint);
      throw new ConfigException(
          "The source has recorded the file '%s', and %s does not have it."
              .formatted(missing.get(), endpoint),
          "Set the storage of this source.");
    }
  }

  /** Returns a recorded file that does not exist, or empty if another one exists or none must. */
  private static Optional<String> missing(MetaKeys etcd, String meta, ObjectStorage storage)
      throws InterruptedException {
    Optional<String> missing = Optional.empty();
    for (Map.Entry<String, byte[]> entry : etcd.first(meta + INSERTS, TRIES)) {
      for (LogFile file : filesOf(entry)) {
        if (exists(storage, file)) {
          return Optional.empty();
        }
        missing = Optional.of(file.path());
      }
    }
    if (missing.isEmpty()) {
      storage.folders("");
    }
    return missing;
  }

  private static List<LogFile> filesOf(Map.Entry<String, byte[]> entry) {
    FieldBinlog column = Records.parse("A list of files", FieldBinlog.parser(), entry.getValue());
    return SegmentFiles.files(column, "insert_log/" + entry.getKey());
  }

  private static boolean exists(ObjectStorage storage, LogFile file) throws InterruptedException {
    try {
      return storage.size(file.path()) > 0;
    } catch (MissingObjectException e) {
      // A compaction may have removed it since it was listed.
      return false;
    }
  }
}
