package io.milvus.cdc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the source's queue keeps for a task, and when one of the queue's limits will act.
 *
 * @param pinned whether the queue keeps what the task has not read, and counts it as a backlog
 * @param channel the channel that is nearest to a limit, or an empty text if nothing is kept
 * @param bytes what the queue keeps for the task on that channel
 * @param limitBytes the backlog at which the queue acts, or -1 if there is no limit
 * @param limitReachedAt when that limit is reached at the present rate, or null if it is not
 * @param expiresAt when the queue may delete the first message that the task needs next, or null if
 *     it keeps that message
 * @param advice what to do now, or an empty text if nothing is to be done
 */
public record Retention(
    boolean pinned,
    String channel,
    long bytes,
    long limitBytes,
    @Nullable Instant limitReachedAt,
    @Nullable Instant expiresAt,
    String advice) {}
