package io.milvus.cdc.targets;

/**
 * Holds the state that a session begins with.
 *
 * @param task the id of the session's task
 * @param sessionState the text that {@link TargetSession#sessionState} returned when the checkpoint
 *     was stored, empty for a new task
 * @param ceiling the highest timestamp that earlier sessions may have sent
 */
public record Opening(String task, String sessionState, long ceiling) {}
