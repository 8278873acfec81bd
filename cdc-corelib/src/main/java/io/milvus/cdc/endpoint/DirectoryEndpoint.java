package io.milvus.cdc.endpoint;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;

/**
 * The directory in which a Milvus with {@code common.storageType: local} stores its rows.
 *
 * @param path Milvus's {@code localStorage.path}
 */
@Incubating
public record DirectoryEndpoint(Path path) implements StorageEndpoint {
  /**
   * Creates an endpoint. Whether the directory exists is checked later.
   *
   * @throws ConfigException if the path is empty
   */
  public DirectoryEndpoint {
    if (path.toString().isEmpty()) {
      throw new ConfigException(
          "The path of the directory is empty.", "Set it to Milvus's localStorage.path.");
    }
  }

  @Override
  public String toString() {
    return "directory " + path;
  }
}
