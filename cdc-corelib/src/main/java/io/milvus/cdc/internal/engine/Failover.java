package io.milvus.cdc.internal.engine;

import io.milvus.cdc.Promotion;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.targets.ChangeTarget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Gives a stopped task's target over to others, and takes it back. */
final class Failover {
  private final TaskSpec spec;
  private final CheckpointClaim claim;
  private final ChangeTarget target;
  private final InstantSource time;

  Failover(TaskSpec spec, CheckpointClaim claim, ChangeTarget target, InstantSource time) {
    this.spec = spec;
    this.claim = claim;
    this.target = target;
    this.time = time;
  }

  private Checkpoint stored() {
    return claim
        .load()
        .orElseThrow(
            () ->
                new IllegalTaskStateException(
                    "Task '%s' has never begun: there is nothing to promote.".formatted(spec.id()),
                    "Make the target writable by hand, or delete the task."));
  }

  /** Whether rows above the stored watermark may be on the target. */
  boolean doubtful() {
    return claim.load().filter(Failover::doubtful).isPresent();
  }

  private static boolean doubtful(Checkpoint checkpoint) {
    return checkpoint.reserved() > checkpoint.watermark();
  }

  /** Whether this task may be promoted; tells why not. */
  void check() {
    stored();
  }

  /** Remembers for good that the target is about to be given over, or does not take writes yet. */
  void begin() {
    claim.save(stored().promoting(time.instant()));
  }

  /** Remembers for good that the target takes writes of others. */
  void end() {
    claim.save(stored().promoted(time.instant()));
  }

  /**
   * Gives the target over.
   *
   * @param others the tasks that still replicate to it
   */
  Promotion promote(Collection<String> others) throws InterruptedException {
    Checkpoint checkpoint = stored();
    List<String> toDo =
        others.isEmpty()
            ? target.promote(checkpoint.ceiling())
            : List.of(
                "The target stays a standby while other tasks replicate to it. Promote these first: %s."
                    .formatted(others));
    Instant doubt = doubtful(checkpoint) ? Timestamps.instant(checkpoint.reserved()) : null;
    return new Promotion(new HybridTime(checkpoint.watermark()), doubt, toDo.isEmpty(), toDo);
  }

  /**
   * Takes the target back.
   *
   * @return nothing on it has a timestamp above this one
   */
  long demoteTarget() throws InterruptedException {
    return target.demote();
  }

  /** Forgets that the target was given over, once it was taken back. */
  void forget(long highest) {
    claim.save(stored().demoted(highest));
  }
}
