package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.Copies;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Opening.Stage;
import io.milvus.cdc.targets.TargetSession;
import java.util.List;
import java.util.Objects;

/** Creates the parts that all stretches of a task have, from its settings. */
record TaskParts(
    EngineSettings settings,
    TaskSpec spec,
    CheckpointClaim claim,
    TaskReport report,
    ChannelGroups groups) {

  TaskStart begin() {
    return new TaskStart(spec);
  }

  LastResort lastResort() {
    return new LastResort(spec, report, settings.time());
  }

  TickMerger merger(List<String> channels, Checkpoint start, LastResort lastResort) {
    return new TickMerger(
        channels,
        start.watermark(),
        settings.memoryBudget(),
        settings.spillDirectory(),
        lastResort::undecodable);
  }

  ChannelThreads readers(TickMerger merger) {
    return new ChannelThreads(merger, settings.threads(), groups, spec.id());
  }

  /**
   * Opens a session of the task's target that resumes from a checkpoint, under the task's names.
   */
  TargetSession openTarget(Checkpoint start) throws InterruptedException {
    ChangeTarget target =
        Objects.requireNonNull(settings.targets().get(spec.target()), spec.target());
    return new OwnedSession(MappedSession.of(target.open(opening(start)), spec.names()), claim);
  }

  private Opening opening(Checkpoint start) {
    Copies copies = start.copies();
    CopyOrder order = copies.order();
    if (order == null || !start.copiesNext()) {
      return opening(start, copies.newest(), Stage.CHANGES);
    }
    return opening(start, order.cut(), order.emptied() ? Stage.COPY : Stage.DROPS);
  }

  private Opening opening(Checkpoint start, long cut, Stage stage) {
    return new Opening(spec.id(), start.target(), start.ceiling(), cut, stage);
  }

  CheckpointKeeper keeper(Checkpoint start, Stages.Outflow out) {
    return new CheckpointKeeper(
        claim, settings.time(), start, out.applied()::catalog, out.target()::sessionState);
  }
}
