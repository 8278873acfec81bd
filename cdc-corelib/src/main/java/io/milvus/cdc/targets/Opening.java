package io.milvus.cdc.targets;

/**
 * Holds the state that a session begins with.
 *
 * @param task the id of the session's task
 * @param sessionState the text that {@link TargetSession#sessionState} returned when the checkpoint
 *     was stored, empty for a new task
 * @param ceiling the highest timestamp that earlier sessions may have sent
 * @param cut rows at or below this source timestamp were on the source before the task began; 0 if
 *     the task does not copy existing rows. Until the watermark has reached it, the target has the
 *     state of no moment of the source
 */
public record Opening(String task, String sessionState, long ceiling, long cut) {
  /** Creates the state of a task that does not copy existing rows. */
  public Opening(String task, String sessionState, long ceiling) {
    this(task, sessionState, ceiling, 0);
  }
}
