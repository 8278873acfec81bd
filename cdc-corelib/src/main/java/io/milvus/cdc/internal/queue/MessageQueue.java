package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Position;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Retained;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection to the queue behind a source. */
public interface MessageQueue extends AutoCloseable {
  /**
   * The same connection for one more user: closing what this returns closes what was opened with
   * it, and leaves the connection to the others.
   */
  MessageQueue share();

  /**
   * Connects, and tells at once where we are not let in or may not read.
   *
   * @param topic to ask for, whether it exists or not
   * @throws io.milvus.cdc.error.RetriableException with the cure
   */
  void checkAccess(String topic);

  /** The topics that exist where the source keeps its own. */
  Set<String> topics();

  /**
   * Which part of each of these topics is held; those that hold nothing are missing. Leaves nothing
   * behind.
   *
   * @throws io.milvus.cdc.error.RetriableException where a topic cannot be read
   */
  Map<String, Held> held(Collection<String> topics);

  /**
   * Opens a topic for a task.
   *
   * @param subscription names what the task keeps on the queue
   * @param mustHold the queue must still hold this message, else this or the reader's first poll
   *     throws {@link io.milvus.cdc.error.PositionExpiredException}; null to take what there is
   * @param pinned whether the queue keeps for the task what it has not acknowledged
   */
  QueueReader open(
      String topic,
      String subscription,
      ReadFrom from,
      @Nullable Position mustHold,
      boolean pinned);

  /**
   * Opens a topic without a subscription: nothing of it is kept for us, so messages may be missed
   * when the connection breaks.
   *
   * @param fromStart whether to begin with the first message that is held, not with the next
   */
  QueueReader listen(String topic, boolean fromStart);

  /**
   * Returns when the queue deletes messages of a topic.
   *
   * @throws io.milvus.cdc.error.RetriableException if that is not to be known, with the reason
   */
  QueueLimits limits(String topic);

  /**
   * Returns what each of these subscriptions keeps on the topic that is nearest to a limit; those
   * that keep nothing are missing.
   *
   * @throws io.milvus.cdc.error.RetriableException if that is not to be known
   */
  Map<String, Retained> retained(
      Collection<String> topics, Collection<String> subscriptions, QueueLimits limits);

  /**
   * Returns the durable subscriptions that begin so and have no reader, and how many bytes each
   * keeps on these topics.
   *
   * @throws io.milvus.cdc.error.RetriableException if that is not to be known
   */
  Map<String, Long> unused(Collection<String> topics, String prefix);

  /** Removes a durable subscription of these topics. Idempotent. */
  void unsubscribe(Collection<String> topics, String subscription);

  /** Milvus's own encoding of a message id (in {@code start_positions}) as a position. */
  Position positionOf(byte[] milvusMessageId);

  /** Which of two positions of one topic comes first, as a comparator does. */
  int compare(Position a, Position b);

  @Override
  void close();
}
