package io.milvus.cdc.targets;

import io.milvus.cdc.event.DataEvent;
import java.util.List;

/**
 * Rows that are applied together.
 *
 * @param events sorted by timestamp; deletes precede inserts of the same timestamp
 * @param upTo the source timestamp up to which the events are complete, from the last round on
 */
public record Round(List<DataEvent> events, long upTo, Kind kind) {
  /** Says whether the target may have rows of a round already. */
  public enum Kind {
    /** The target has none of them. */
    FIRST,
    /** The target may have some or all of them, from before a crash. */
    REPLAY
  }

  /** Returns whether the target may have some or all of the rows already, from before a crash. */
  public boolean isReplay() {
    return kind == Kind.REPLAY;
  }
}
