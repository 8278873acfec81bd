package io.milvus.cdc;

import io.milvus.cdc.event.HybridTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a task was when its target was promoted.
 *
 * @param watermark everything that the source had at this timestamp is on the target, and nothing
 *     later, unless there is a doubt
 * @param doubtfulUntil null where the cut is exact. Else the task had been stopped in the middle of
 *     its work and the source could not be read any more: of what the source wrote between the
 *     watermark and this time, some may be on the target
 * @param writable whether the target takes ordinary writes now
 * @param toDo what is left to do before it does, in words, with the commands
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
