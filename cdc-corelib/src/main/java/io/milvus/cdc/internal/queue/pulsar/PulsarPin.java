package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.RetriableException;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.SubscriptionInitialPosition;
import org.jspecify.annotations.Nullable;

/**
 * A durable subscription that keeps Pulsar from deleting what a task still needs, and counts for
 * the topic's backlog quota. It reads nothing, so it can be removed and created again while the
 * topic is read. Thread-safe.
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
   * Keeps this message and all after it.
   *
   * @param from null to keep all that the topic holds
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

  /** Keeps nothing before this message any more. */
  synchronized void moveTo(PulsarPlace first) {
    if (subscription == null || first.entry() == 0 || !isAhead(first)) {
      return;
    }
    moved = first;
    // Not waited for: one that gets lost only keeps for longer what is not needed.
    var unused =
        subscription
            .consumer()
            .acknowledgeCumulativeAsync(
                new PulsarPlace(first.ledger(), first.entry() - 1, -1, 0).entryId());
  }

  private boolean isAhead(PulsarPlace first) {
    return moved == null || first.compareTo(moved) > 0;
  }

  /** Keeps nothing any more, and removes the subscription. */
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

  /** Begins to leave it to the broker, which keeps it. */
  synchronized void close() {
    if (subscription != null) {
      var unused = subscription.close();
    }
  }
}
