package io.milvus.cdc;

import io.milvus.cdc.event.HybridTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Describes one of the source's physical channels, as a task sees it.
 *
 * @param channel its name
 * @param live whether the task waits for its ticks, because it carries a replicated collection
 * @param tick the last time tick that was read; zero before the first
 * @param lag the age of that tick; null before the first, zero if the channel is not live
 * @param bufferedMessages the messages that were read and are not on the target yet
 * @param bufferedBytes the bytes of those messages
 */
public record ChannelStatus(
    String channel,
    boolean live,
    HybridTime tick,
    @Nullable Duration lag,
    int bufferedMessages,
    long bufferedBytes) {}
