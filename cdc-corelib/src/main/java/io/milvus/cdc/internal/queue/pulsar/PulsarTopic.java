package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.pulsar.PulsarConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pulsar.client.api.ConsumerBuilder;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.Reader;
import org.apache.pulsar.client.api.SubscriptionInitialPosition;
import org.apache.pulsar.client.api.SubscriptionMode;
import org.apache.pulsar.client.api.SubscriptionType;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic of a Pulsar in several ways.
 *
 * @param refusal creates the exception for a failure
 * @param opened receives every subscription that is opened, so that it can be closed
 * @param entries reports whether ledgers have entries that are not returned
 */
record PulsarTopic(
    PulsarClient client,
    PulsarReadRefusal refusal,
    String fullName,
    String name,
    Consumer<PulsarSubscription> opened,
    Entries entries)
    implements PulsarContinuity.Held {
  /** Reports the administration's data of a topic's ledgers. */
  interface Entries {
    boolean between(PulsarPlace before, PulsarPlace behind);
  }

  private static final int SECONDS = PulsarConnection.OPERATION_SECONDS;

  /** Messages that wait in the client are outside the engine's byte budget, so there are few. */
  private static final int RECEIVER_QUEUE = 200;

  /** Reads by a reader, whose subscription ends with it. */
  @Override
  public List<PulsarPlace> from(PulsarPlace start, int count) {
    return from(start.entryId(), count).stream()
        .filter(place -> !place.sameEntry(start) || place.compareTo(start) >= 0)
        .toList();
  }

  @Override
  public boolean hasEntriesBetween(PulsarPlace before, PulsarPlace behind) {
    return entries.between(before, behind);
  }

  /**
   * Returns the places of the first messages from this id on, and more of them if they are in a
   * batch.
   */
  List<PulsarPlace> from(MessageId start, int count) {
    List<PulsarPlace> found = new ArrayList<>();
    try (Reader<byte[]> reader =
        client
            .newReader()
            .topic(fullName)
            .startMessageId(start)
            .startMessageIdInclusive()
            .receiverQueueSize(1)
            .create()) {
      int wanted = count;
      while (found.size() < wanted && reader.hasMessageAvailable()) {
        Message<byte[]> message = reader.readNext(SECONDS, TimeUnit.SECONDS);
        if (message == null) {
          throw unreachable("read topic " + name, new TimeoutException("no answer"));
        }
        PulsarPlace place = PulsarPlace.of(message.getMessageId());
        found.add(place);
        // The start may be anywhere in its batch.
        wanted = found.size() == 1 ? count + place.batchSize() : wanted;
      }
      return found;
    } catch (IOException e) {
      throw unreachable("read topic " + name, e);
    }
  }

  /** Returns the place of the last message, or null if the topic is empty. */
  @Nullable PulsarPlace last() {
    try (Reader<byte[]> reader =
        client
            .newReader()
            .topic(fullName)
            .startMessageId(MessageId.latest)
            .receiverQueueSize(1)
            .create()) {
      PulsarPlace last = PulsarPlace.of(reader.getLastMessageIds().get(0));
      return last.entry() < 0 ? null : last;
    } catch (IOException e) {
      throw unreachable("read topic " + name, e);
    }
  }

  /**
   * Opens the topic at its end, without a trace in the broker. No message comes before resume().
   */
  PulsarSubscription read(String subscription) {
    return open(
        builder("reader-" + subscription + "-" + UUID.randomUUID())
            .subscriptionMode(SubscriptionMode.NonDurable)
            .subscriptionInitialPosition(SubscriptionInitialPosition.Latest)
            .receiverQueueSize(RECEIVER_QUEUE)
            .autoScaledReceiverQueueSizeEnabled(true));
  }

  /** Opens a durable subscription that receives nothing, and creates it if it does not exist. */
  PulsarSubscription pin(String subscription, SubscriptionInitialPosition initial) {
    return open(builder(subscription).subscriptionInitialPosition(initial).receiverQueueSize(1));
  }

  private ConsumerBuilder<byte[]> builder(String subscription) {
    return client
        .newConsumer()
        .topic(fullName)
        .subscriptionName(subscription)
        .subscriptionType(SubscriptionType.Exclusive)
        .startMessageIdInclusive()
        .startPaused(true);
  }

  private PulsarSubscription open(ConsumerBuilder<byte[]> builder) {
    PulsarSubscription fresh = new PulsarSubscription(builder);
    opened.accept(fresh);
    try {
      fresh.await(SECONDS);
      return fresh;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while opening topic " + name, "", e);
    } catch (PulsarClientException | TimeoutException e) {
      throw unreachable("read topic " + name, e);
    }
  }

  /** Moves a subscription to a message, which is then its next message. */
  void seek(PulsarSubscription subscription, MessageId next) {
    try {
      subscription.consumer().seek(next);
    } catch (PulsarClientException e) {
      throw unreachable("read topic %s from %s".formatted(name, next), e);
    }
  }

  RetriableException unreachable(String what, Exception e) {
    return refusal.exception(what, e);
  }
}
