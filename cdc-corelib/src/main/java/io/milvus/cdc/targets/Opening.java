package io.milvus.cdc.targets;

/**
 * What a session begins with.
 *
 * @param task the id of the task that it is for
 * @param sessionState what {@link TargetSession#sessionState} said when the checkpoint was stored,
 *     empty for a new task
 * @param ceiling nothing that earlier sessions sent has a timestamp above this one
 */
public record Opening(String task, String sessionState, long ceiling) {}
