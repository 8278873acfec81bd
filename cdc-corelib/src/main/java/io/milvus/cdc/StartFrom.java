package io.milvus.cdc;

import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import java.util.Map;

/**
 * Where a new task begins to read rows. A task that has a checkpoint goes on from there instead.
 */
public sealed interface StartFrom {
  /**
   * With every row that the source's queue still holds. Refused where a living collection's first
   * rows are gone.
   */
  record Earliest() implements StartFrom {}

  /**
   * With the rows that are written from now on. Collections and partitions are made all the same.
   */
  record Latest() implements StartFrom {}

  /**
   * At given messages, such as those of a backup that the target was restored from.
   *
   * @param watermark rows at or below this source timestamp are on the target already
   * @param positions by physical channel; a channel that is not named begins at its earliest
   *     message
   */
  record At(HybridTime watermark, Map<String, Position> positions) implements StartFrom {
    public At {
      positions = Map.copyOf(positions);
    }
  }

  static StartFrom earliest() {
    return new Earliest();
  }

  static StartFrom latest() {
    return new Latest();
  }

  static StartFrom positions(HybridTime watermark, Map<String, Position> positions) {
    return new At(watermark, positions);
  }
}
