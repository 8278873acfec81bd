package io.milvus.cdc.http.task;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replicates the tasks of a server. Thread-safe. */
public interface Backstage extends AutoCloseable {
  /** Returns the engine. It has the targets of the configuration and nothing else yet. */
  CdcEngine engine();

  /** Creates the target at this address. Contacts nothing yet. */
  ChangeTarget target(TargetSpec address);

  /**
   * Removes everything that a task left behind, if the engine does not know the task.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  void forget(String task);

  /** Returns the start after positions of a backup or of the Go server, by channel, in base 64. */
  StartFrom.At startAfter(Map<String, String> positions);

  /** Returns the reverse of {@link #startAfter}, for one channel. */
  String messagePosition(String channel, Position position, HybridTime timestamp);

  /** Returns the source's databases without contacting it. Empty if they are not known. */
  Set<String> databases();

  /** Returns the findings about the source. Empty if it can be read. */
  List<Finding> checkSource() throws InterruptedException;

  /** Stops all tasks at a consistent cut. */
  @Override
  void close();
}
