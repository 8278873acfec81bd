package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.error.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks that a storage is opened at the root path of a Milvus that has stored rows. */
public final class MilvusRoot {
  private static final List<String> FOLDERS = List.of("insert_log", "delta_log");
  private static final int ROOTS_TO_TRY = 20;

  private MilvusRoot() {}

  /**
   * Rejects a root path without rows. Call it only if the source's catalog has stored rows.
   *
   * @throws ConfigException if there are none; it names the root paths that were found instead
   */
  public static void require(ObjectStorage storage, StorageEndpoint endpoint)
      throws InterruptedException {
    if (!isRoot(storage, "")) {
      throw explain(endpoint).as(ConfigException::new);
    }
  }

  private static boolean isRoot(ObjectStorage storage, String folder) throws InterruptedException {
    return storage.folders(folder).stream().anyMatch(FOLDERS::contains);
  }

  private static Explanation explain(StorageEndpoint endpoint) throws InterruptedException {
    if (endpoint instanceof S3Endpoint s3) {
      return new Explanation(
          "%s holds no rows of a Milvus below '%s'.".formatted(s3, s3.rootPath()),
          "Set rootPath to the source's minio.rootPath. Paths found there: %s."
              .formatted(roots(s3)));
    }
    Path path = ((DirectoryEndpoint) endpoint).path();
    return new Explanation(
        "Directory %s holds no rows of a Milvus.".formatted(path),
        "Set the directory to the source's localStorage.path. Directories found nearby: %s."
            .formatted(roots(path)));
  }

  private static String roots(S3Endpoint endpoint) throws InterruptedException {
    try (ObjectStorage bucket = ObjectStorage.open(endpoint.rootPath(""))) {
      List<String> found = new ArrayList<>();
      if (isRoot(bucket, "")) {
        found.add("''");
      }
      for (String folder : bucket.folders("").stream().limit(ROOTS_TO_TRY).toList()) {
        if (!folder.isEmpty() && isRoot(bucket, folder + "/")) {
          found.add(folder);
        }
      }
      return found.toString();
    } catch (CdcException e) {
      return "hidden from this login";
    }
  }

  private static List<Path> roots(Path directory) throws InterruptedException {
    List<Path> found = new ArrayList<>();
    for (Path near : near(directory.toAbsolutePath().normalize())) {
      try (ObjectStorage storage = ObjectStorage.open(new DirectoryEndpoint(near))) {
        if (isRoot(storage, "")) {
          found.add(near);
        }
      } catch (CdcException e) {
        // A directory that cannot be read is not suggested.
      }
    }
    return found;
  }

  private static List<Path> near(Path directory) throws InterruptedException {
    try (ObjectStorage storage = ObjectStorage.open(new DirectoryEndpoint(directory))) {
      return Stream.concat(
              Stream.ofNullable(directory.getParent()),
              storage.folders("").stream().limit(ROOTS_TO_TRY).map(directory::resolve))
          .toList();
    }
  }
}
