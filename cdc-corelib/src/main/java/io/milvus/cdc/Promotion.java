package io.milvus.cdc;

import io.milvus.cdc.event.HybridTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes the state of a task when its target was promoted.
 *
 * @param watermark the source timestamp up to which everything is on the target; nothing later is,
 *     unless {@code doubtfulUntil} is set
 * @param doubtfulUntil null if the cut is exact. Otherwise the end of a doubtful window: some
 *     writes between the watermark and this time may be on the target. This happens if the task was
 *     stopped in the middle of its work and the source was unreachable
 * @param writable whether the target accepts client writes now
 * @param toDo the steps that are left before it does, in words, with the commands
 */
public record Promotion(
    HybridTime watermark, @Nullable Instant doubtfulUntil, boolean writable, List<String> toDo) {
  public Promotion {
    toDo = List.copyOf(toDo);
  }

  /** Returns the watermark as a time of day. */
  public Instant sourceTime() {
    return watermark.instant();
  }
}
