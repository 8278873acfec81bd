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

/** What does the work behind a server's tasks. Thread-safe. */
public interface Backstage extends AutoCloseable {
  /** The engine, which has the configuration's targets and nothing else yet. */
  CdcEngine engine();

  /** A target at this address; nothing is contacted yet. */
  ChangeTarget target(TargetSpec address);

  /**
   * Removes whatever a task left behind, where the engine cannot.
   *
   * @throws io.milvus.cdc.error.RetriableException where the source cannot be reached now
   */
  void forget(String task);

  /** Where to begin after positions of a backup, or of the Go server; by channel, in base 64. */
  StartFrom.At startAfter(Map<String, String> positions);

  /** The reverse of {@link #startAfter}, for one channel. */
  String messagePosition(String channel, Position position, HybridTime timestamp);

  /** The source's databases, as far as they are known without asking; empty where they are not. */
  Set<String> databases();

  /** What there is to say of the source; empty where it can be read. */
  List<Finding> checkSource() throws InterruptedException;

  /** Stops all tasks at a consistent cut. */
  @Override
  void close();
}
