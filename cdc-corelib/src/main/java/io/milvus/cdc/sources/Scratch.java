package io.milvus.cdc.sources;

import io.milvus.cdc.annotation.Incubating;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Limits the space that a task grants for rows on their way.
 *
 * @param memory in bytes
 * @param directory the place for rows beyond the memory
 */
@Incubating
public record Scratch(long memory, Path directory) {
  /** Rejects a missing directory. */
  public Scratch {
    Objects.requireNonNull(directory, "directory");
  }
}
