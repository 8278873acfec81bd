package io.milvus.cdc;

import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import java.util.Map;

/**
 * Determines the first rows of a new task. If the task has a checkpoint, it resumes from there
 * instead.
 */
public sealed interface StartFrom {
  /**
   * Begins with every row that the source's queue still holds. Rejected if the first rows of an
   * existing collection are gone.
   */
  record Earliest() implements StartFrom {}

  /**
   * Begins with the rows that are written from now on. Existing collections and partitions are
   * created all the same.
   */
  record Latest() implements StartFrom {}

  /**
   * Begins at given messages, such as those of a backup that the target was restored from.
   *
   * @param watermark the source timestamp up to which rows are on the target already, inclusive
   * @param positions by physical channel; if a channel is missing, it is read from its earliest
   *     message
   */
  record At(HybridTime watermark, Map<String, Position> positions) implements StartFrom {
    public At {
      positions = Map.copyOf(positions);
    }
  }

  /** Returns the start at the earliest message. */
  static StartFrom earliest() {
    return new Earliest();
  }

  /** Returns the start at the present end of the queue. */
  static StartFrom latest() {
    return new Latest();
  }

  /** Returns the start at these messages, as in {@link At}. */
  static StartFrom positions(HybridTime watermark, Map<String, Position> positions) {
    return new At(watermark, positions);
  }
}
