package io.milvus.cdc.targets;

import io.milvus.cdc.annotation.Incubating;

/**
 * Holds the state that a session begins with.
 *
 * @param task the id of the session's task
 * @param sessionState the text that {@link TargetSession#sessionState} returned when the checkpoint
 *     was stored, empty for a new task
 * @param ceiling the highest timestamp that earlier sessions may have sent
 * @param cut rows at or below this source timestamp were copied from the source's storage, or are
 *     being copied; 0 if the task does not copy existing rows. A later copy has a later cut
 * @param stage the purpose of the session
 */
public record Opening(String task, String sessionState, long ceiling, long cut, Stage stage) {
  /** Names the purposes of a session. */
  @Incubating
  public enum Stage {
    /** The session sends changes that the source's channels report. */
    CHANGES,
    /** The session drops collections that are copied again, under the same ids. */
    DROPS,
    /**
     * The session sends rows at or below the cut. Until it has sent all of them, the target has the
     * state of no moment of the source.
     */
    COPY
  }

  /** Creates the state of a task that does not copy existing rows. */
  public Opening(String task, String sessionState, long ceiling) {
    this(task, sessionState, ceiling, 0, Stage.CHANGES);
  }
}
