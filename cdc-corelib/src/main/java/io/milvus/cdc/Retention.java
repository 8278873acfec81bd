package io.milvus.cdc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Describes the messages that the source's queue retains for a task, and the queue's limits for
 * them.
 *
 * @param pinned whether the queue retains unread messages for the task and counts them as a backlog
 * @param channel the channel that is nearest to a limit, or an empty text if nothing is retained
 * @param bytes the bytes that the queue retains for the task on that channel
 * @param limitBytes the backlog at which the queue acts, or -1 if there is no limit
 * @param limitReachedAt when that limit is reached at the present rate, or null if it is not
 * @param expiresAt when the queue may delete the first message that the task needs next, or null if
 *     it retains that message
 * @param advice the step to take now, or an empty text if there is none
 */
public record Retention(
    boolean pinned,
    String channel,
    long bytes,
    long limitBytes,
    @Nullable Instant limitReachedAt,
    @Nullable Instant expiresAt,
    String advice) {}
