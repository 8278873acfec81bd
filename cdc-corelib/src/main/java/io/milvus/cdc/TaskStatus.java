package io.milvus.cdc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task is doing, computed when it was asked for.
 *
 * @param watermark everything that the source had at this hybrid timestamp, and nothing later, is
 *     on the target; 0 before the first round
 * @param readTimestamp the guarantee timestamp for reading the target: a read with it sees all that
 *     any read before has seen, in every collection
 * @param lag how old the watermark is; zero while there is nothing to replicate, null before the
 *     task has reached its target for the first time
 * @param channels one entry for each channel, sorted by name; empty while the task is not connected
 * @param checkpoint where the task would go on after a crash, and another one could begin; while
 *     the task runs, rows beyond it may be on the target already, once it is paused none are
 * @param counters since the task was submitted
 * @param shortcomings what is not as on the source because the target cannot have it so, in words
 *     for people: fewer replicas, an index that it refuses, a user whose password nobody tells; it
 *     is tried again now and then
 * @param retention what the source's queue keeps for the task, or null if that is not known
 * @param retry the fault that is being retried, or null
 * @param reason why it failed, or what is left of its promotion, or null
 */
public record TaskStatus(
    String id,
    TaskState state,
    Instant since,
    long watermark,
    long readTimestamp,
    @Nullable Duration lag,
    List<ChannelStatus> channels,
    StartFrom.At checkpoint,
    Counters counters,
    List<String> shortcomings,
    @Nullable Retention retention,
    @Nullable Retry retry,
    @Nullable String reason) {

  /**
   * What was done.
   *
   * @param inserted rows
   * @param deleted keys
   * @param bytes of messages sent
   * @param schemaChanges applied
   * @param discarded rows of collections and partitions that no longer exist or are not selected
   * @param filtered rows and keys that the task's transform left out
   * @param setAside messages that could not be handled and were kept elsewhere
   * @param retries connections begun anew after a fault
   * @param restamped messages that the target got with a later timestamp than their own, because it
   *     had seen that already
   * @param rounds of rows sent
   * @param applying how long these took together, from being ready until readers could see them
   * @param rate rows a second, over the last few seconds
   */
  public record Counters(
      long inserted,
      long deleted,
      long bytes,
      long schemaChanges,
      long discarded,
      long filtered,
      long setAside,
      long retries,
      long restamped,
      long rounds,
      Duration applying,
      double rate) {}

  /** A fault that is being retried. */
  public record Retry(int attempt, Instant next, String cause) {}
}
