package io.milvus.cdc.internal.engine;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.Scratch;
import io.milvus.cdc.targets.ChangeTarget;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/**
 * Holds the parts of an engine.
 *
 * @param targets by name
 * @param memoryBudget bytes of messages that each task may hold in memory
 * @param spillDirectory the place for messages beyond the budget
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

  /** Returns the space for existing rows of one task. The other half is for rows being sent. */
  Scratch scratch() {
    return new Scratch(memoryBudget / 2, spillDirectory);
  }

  /** Returns a copy with this target added, or replaced if the name is known. */
  EngineSettings with(String name, ChangeTarget target) {
    Map<String, ChangeTarget> more = new HashMap<>(targets);
    more.put(name, target);
    return new EngineSettings(
        source, more, checkpoints, listeners, threads, memoryBudget, spillDirectory, time);
  }
}
