package io.milvus.cdc.internal.engine;

import io.milvus.cdc.Promotion;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.targets.ChangeTarget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Releases a stopped task's target to other writers, and reclaims it. */
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
                    "Switch the target to accept writes by hand, or delete the task."));
  }

  /** Returns whether the target may have rows above the stored watermark. */
  boolean doubtful() {
    return claim.load().filter(Failover::doubtful).isPresent();
  }

  private static boolean doubtful(Checkpoint checkpoint) {
    return checkpoint.reserved() > checkpoint.watermark();
  }

  /** Throws if this task has never begun. */
  void requireBegun() {
    Checkpoint unused = stored();
  }

  /** Throws if existing rows are not copied yet. */
  void requireComplete() {
    CopyOrder order = stored().copies().order();
    if (order != null) {
      throw new IllegalTaskStateException(
          "Task '%s' has not copied all existing rows%s, so its target is incomplete."
              .formatted(
                  spec.id(), order.cut() == 0 ? "" : ", up to " + Timestamps.instant(order.cut())),
          "Wait until the copy is complete. If the source is lost, promote it incomplete. To"
              + " abandon the copy, delete the task.");
    }
  }

  /** Stores that the promotion has begun and that the target does not accept writes yet. */
  void begin() {
    claim.save(stored().promoting(time.instant()));
  }

  /** Stores that the target accepts other writers. */
  void end() {
    claim.save(stored().promoted(time.instant()));
  }

  /**
   * Releases the target to other writers.
   *
   * @param others the tasks that still replicate to it
   */
  Promotion promote(Collection<String> others) throws InterruptedException {
    Checkpoint checkpoint = stored();
    List<String> toDo =
        others.isEmpty()
            ? target.promote(checkpoint.ceiling())
            : List.of(
                ("The target stays a standby while other tasks replicate to it. Promote these"
                        + " tasks first: %s.")
                    .formatted(others));
    Instant doubt = doubtful(checkpoint) ? Timestamps.instant(checkpoint.reserved()) : null;
    return new Promotion(new HybridTime(checkpoint.watermark()), doubt, toDo.isEmpty(), toDo);
  }

  /**
   * Reclaims the target.
   *
   * @return the timestamp above which the target has nothing
   */
  long demoteTarget() throws InterruptedException {
    return target.demote();
  }

  /** Stores that the target was reclaimed. */
  void forget(long highest) {
    claim.save(stored().demoted(highest));
  }
}
