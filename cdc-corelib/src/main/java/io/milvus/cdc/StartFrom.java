package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
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

  /**
   * Begins with every row that the source has stored, and continues with the rows that are written
   * from then on, without a gap. The source's queue need not hold the beginning of any collection.
   * The source must be able to read its storage, and the target must not have the collections yet.
   *
   * @param bytesPerSecond the most bytes of stored rows to send in a second; 0 for no limit
   * @param flushing whether the task asks the source to flush the collections first. Without that,
   *     Milvus 2.3.5 can take a dozen minutes to store the last rows. It needs the source's api,
   *     and leaves small segments behind, which the source compacts later
   */
  record Existing(long bytesPerSecond, boolean flushing) implements StartFrom {
    /**
     * Limits the rate.
     *
     * @throws ConfigException if the limit is negative
     */
    public Existing {
      if (bytesPerSecond < 0) {
        throw new ConfigException(
            "A limit of %d bytes per second is negative.".formatted(bytesPerSecond),
            "Set a positive number, or 0 for no limit.");
      }
    }

    /** Returns this start with another limit. */
    public Existing withBytesPerSecond(long limit) {
      return new Existing(limit, flushing);
    }

    /** Returns this start with a flush of the collections first. */
    public Existing withFlush() {
      return new Existing(bytesPerSecond, true);
    }
  }

  /**
   * Returns the start with all rows that the source has stored, without a limit of the rate and
   * without a flush.
   */
  static Existing existing() {
    return new Existing(0, false);
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
