package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.RetriableException;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.SubscriptionInitialPosition;
import org.jspecify.annotations.Nullable;

/**
 * Prevents Pulsar from deleting messages that a task still needs, by a durable subscription. The
 * subscription counts for the topic's backlog quota. It reads nothing, so it can be removed and
 * created again while the topic is read. Thread-safe.
 */
final class PulsarPin {
  private final PulsarTopic topic;
  private final String name;
  private @Nullable PulsarSubscription subscription;
  private @Nullable PulsarPlace moved;

  PulsarPin(PulsarTopic topic, String name) {
    this.topic = topic;
    this.name = name;
  }

  /**
   * Retains this message and all later messages.
   *
   * @param from null to retain everything that the topic holds
   * @throws RetriableException if Pulsar does not permit it now
   */
  synchronized void hold(@Nullable PulsarPlace from) {
    if (subscription == null) {
      subscription =
          topic.pin(
              name,
              from == null
                  ? SubscriptionInitialPosition.Earliest
                  : SubscriptionInitialPosition.Latest);
      topic.seek(subscription, from == null ? MessageId.earliest : from.entryId());
      moved = from;
    }
  }

  /** Releases all messages before this message. */
  synchronized void moveTo(PulsarPlace first) {
    if (subscription == null || first.entry() == 0 || !isAhead(first)) {
      return;
    }
    moved = first;
    // Not awaited: a lost acknowledgement only delays the deletion of messages.
    var unused =
        subscription
            .consumer()
            .acknowledgeCumulativeAsync(
                new PulsarPlace(first.ledger(), first.entry() - 1, -1, 0).entryId());
  }

  private boolean isAhead(PulsarPlace first) {
    return moved == null || first.compareTo(moved) > 0;
  }

  /** Releases all messages, and removes the subscription. */
  synchronized void release() {
    if (subscription != null) {
      try {
        subscription.consumer().unsubscribe();
      } catch (PulsarClientException e) {
        throw topic.unreachable(
            "remove subscription %s of topic %s".formatted(name, topic.name()), e);
      }
      subscription = null;
    }
  }

  /** Begins to close the consumer. The broker retains the subscription. */
  synchronized void close() {
    if (subscription != null) {
      var unused = subscription.close();
    }
  }
}
