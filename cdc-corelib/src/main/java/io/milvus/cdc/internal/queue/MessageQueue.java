package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Position;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Retained;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connects to the queue behind a source. */
public interface MessageQueue extends AutoCloseable {
  /**
   * Returns the same connection for one more user. Closing the result closes everything that was
   * opened with it. The connection stays open for its other users.
   */
  MessageQueue share();

  /**
   * Connects, and throws at once if the queue denies access or does not permit reading.
   *
   * @param topic the topic of the request, which need not exist
   * @throws io.milvus.cdc.error.RetriableException with the cure
   */
  void checkAccess(String topic);

  /** Returns the topics that exist in the place of the source's topics. */
  Set<String> topics();

  /**
   * Returns the part of each topic that the queue still holds. Topics without messages are missing.
   * Leaves no trace in the queue.
   *
   * @throws io.milvus.cdc.error.RetriableException if a topic cannot be read
   */
  Map<String, Held> held(Collection<String> topics);

  /**
   * Opens a topic for a task.
   *
   * @param subscription names the task's state in the queue
   * @param mustHold the queue must still hold this message, else this or the reader's first poll
   *     throws {@link io.milvus.cdc.error.PositionExpiredException}; null to accept any beginning
   * @param pinned whether the queue retains unacknowledged messages for the task
   */
  QueueReader open(
      String topic,
      String subscription,
      ReadFrom from,
      @Nullable Position mustHold,
      boolean pinned);

  /**
   * Opens a topic without a subscription. The queue retains none of its messages for this reader.
   * So messages may be missed when the connection breaks.
   *
   * @param fromStart whether to begin with the first held message instead of the next message
   */
  QueueReader listen(String topic, boolean fromStart);

  /**
   * Returns when the queue deletes messages of a topic.
   *
   * @throws io.milvus.cdc.error.RetriableException if that is unknown, with the reason
   */
  QueueLimits limits(String topic);

  /**
   * Returns the messages that each subscription retains on the topic that is nearest to a limit.
   * Subscriptions that retain nothing are missing.
   *
   * @throws io.milvus.cdc.error.RetriableException if that is unknown
   */
  Map<String, Retained> retained(
      Collection<String> topics, Collection<String> subscriptions, QueueLimits limits);

  /**
   * Returns the durable subscriptions that have this prefix and no reader, and how many bytes each
   * retains on these topics.
   *
   * @throws io.milvus.cdc.error.RetriableException if that is unknown
   */
  Map<String, Long> unused(Collection<String> topics, String prefix);

  /** Removes a durable subscription of these topics. Idempotent. */
  void unsubscribe(Collection<String> topics, String subscription);

  /** Converts Milvus's own encoding of a message id (in {@code start_positions}) to a position. */
  Position positionOf(byte[] milvusMessageId);

  /** Compares two positions of one topic, as a comparator does. */
  int compare(Position a, Position b);

  @Override
  void close();
}
