package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.TargetSession;
import java.util.Objects;

/** Opens sessions of a task's target, under the names of the task. */
record TargetOpening(EngineSettings settings, TaskSpec spec, CheckpointClaim claim) {
  /** Opens a session that resumes from a checkpoint. */
  TargetSession open(Checkpoint start) throws InterruptedException {
    ChangeTarget target =
        Objects.requireNonNull(settings.targets().get(spec.target()), spec.target());
    return new OwnedSession(
        MappedSession.of(
            target.open(new Opening(spec.id(), start.target(), start.ceiling(), start.cut())),
            spec.names()),
        claim);
  }
}
