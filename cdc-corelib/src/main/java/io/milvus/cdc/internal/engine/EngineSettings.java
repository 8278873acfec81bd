package io.milvus.cdc.internal.engine;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.targets.ChangeTarget;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/**
 * What an engine is made of.
 *
 * @param targets by name
 * @param memoryBudget bytes of messages that each task may hold in memory
 * @param spillDirectory where messages beyond it go
 */
public record EngineSettings(
    ChangeSource source,
    Map<String, ChangeTarget> targets,
    CheckpointStore checkpoints,
    List<CdcListener> listeners,
    ThreadFactory threads,
    long memoryBudget,
    Path spillDirectory,
    InstantSource time) {
  public EngineSettings {
    targets = Map.copyOf(targets);
    listeners = List.copyOf(listeners);
  }

  /** The same with one more target, or another one of this name. */
  EngineSettings with(String name, ChangeTarget target) {
    Map<String, ChangeTarget> more = new HashMap<>(targets);
    more.put(name, target);
    return new EngineSettings(
        source, more, checkpoints, listeners, threads, memoryBudget, spillDirectory, time);
  }
}
