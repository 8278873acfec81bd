package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Explains why a directory or a file cannot be read, and the remedy. */
record DirectoryRefusal(DirectoryEndpoint endpoint) {
  private static final String CURE = "Set the directory to the source's localStorage.path.";

  /** Explains why the directory cannot be used at all. */
  ConfigException unusable(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return new ConfigException(start() + " does not exist.", CURE, failure);
    }
    if (failure instanceof NotDirectoryException) {
      return new ConfigException(start() + " is a file.", CURE, failure);
    }
    return failure instanceof AccessDeniedException
        ? denied(failure)
        : new ConfigException("%s cannot be read: %s.".formatted(start(), failure), CURE, failure);
  }

  private String start() {
    return "Directory " + endpoint.path();
  }

  private ConfigException denied(IOException failure) {
    return new ConfigException(
        "User '%s' of this process may not read '%s' in %s."
            .formatted(System.getProperty("user.name"), failure.getMessage(), endpoint),
        "Grant the user permission to read the directory and everything in it.",
        failure);
  }

  /** Explains that a link leads out of the directory. */
  ConfigException outside(String name, Path target) {
    return new ConfigException(
        "'%s' is a link out of %s, to %s.".formatted(name, endpoint, target),
        "Mount the other place there instead, and remove the link.");
  }

  /**
   * Explains why an object cannot be read.
   *
   * @param rootExists whether the directory itself is still there
   */
  CdcException explain(String name, boolean rootExists, IOException failure) {
    if (!rootExists) {
      return new RetriableException(
          start() + " no longer exists.", "Check that its disk is mounted.", failure);
    }
    if (failure instanceof NoSuchFileException) {
      return new MissingObjectException(endpoint, name, failure);
    }
    if (failure instanceof AccessDeniedException) {
      return denied(failure);
    }
    return new RetriableException(
        "'%s' in %s cannot be read: %s.".formatted(name, endpoint, failure.getMessage()),
        "Check the disk, or the server of the network file system.",
        failure);
  }
}
