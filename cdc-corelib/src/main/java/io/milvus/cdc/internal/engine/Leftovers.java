package io.milvus.cdc.internal.engine;

import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.SourceRetention;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds messages that the source retains for tasks that no longer exist, because their state was
 * lost.
 */
final class Leftovers {
  private Leftovers() {}

  /**
   * Returns a finding for each such task.
   *
   * @throws io.milvus.cdc.error.CheckpointException if the store cannot be used
   */
  static List<Finding> find(
      ChangeSource source, CheckpointStore store, Collection<String> present) {
    try (SourceRetention retention = source.retention()) {
      Map<String, Long> unused = new TreeMap<>(retention.unused());
      unused.keySet().removeAll(present);
      if (!unused.isEmpty()) {
        unused.keySet().removeAll(store.tasks());
      }
      List<Finding> findings = new ArrayList<>();
      unused.forEach((task, bytes) -> findings.add(finding(task, bytes)));
      return findings;
    }
  }

  private static Finding finding(String task, long bytes) {
    return Finding.warning(
        ("The source retains %d bytes for task '%s', which is not in this store and not"
                + " connected.")
            .formatted(bytes, task),
        "If no other engine has a task of this name, remove its leftovers.");
  }
}
