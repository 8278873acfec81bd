package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClientException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic through a consumer of its own, whose cursor ends with it. A {@link PulsarPin}, or
 * the topic's retention alone, retains the messages that the task still needs.
 */
final class PulsarReader implements QueueReader {
  private final PulsarTopic topic;
  private final String name;
  private final PulsarContinuity continuity;
  private final PulsarPin pin;
  private final @Nullable Position beginning;

  /** Null while suspended. */
  private volatile @Nullable PulsarSubscription reading;

  /** For the thread that polls. */
  private Disconnection disconnection = new Disconnection(System::nanoTime);

  /** The first message that is needed again after a crash, as far as it was reported. */
  private volatile @Nullable PulsarPlace needed;

  PulsarReader(
      PulsarTopic topic,
      String name,
      PulsarContinuity continuity,
      PulsarPin pin,
      @Nullable Position beginning) {
    this.topic = topic;
    this.name = name;
    this.continuity = continuity;
    this.pin = pin;
    this.beginning = beginning;
    this.needed = continuity.start();
  }

  @Override
  public @Nullable Position beginning() {
    return beginning;
  }

  @Override
  public @Nullable QueueMessage poll(Duration timeout) throws InterruptedException {
    PulsarSubscription current = reading;
    if (current == null) {
      throw new IllegalStateException("Topic %s is polled at rest".formatted(topic.name()));
    }
    Message<byte[]> message = receive(current, timeout);
    if (message == null) {
      requireConnection(current);
      return null;
    }
    PulsarPlace place = PulsarPlace.of(message.getMessageId());
    switch (continuity.judge(place)) {
      case HAND_OUT -> {
        return new QueueMessage(
            place.position(), Payload.of(message.getData()), message.getProperties());
      }
      case READ_AGAIN -> readAgain(current);
      case DROP -> {}
    }
    return null;
  }

  private @Nullable Message<byte[]> receive(PulsarSubscription from, Duration timeout)
      throws InterruptedException {
    try {
      return from.consumer().receive((int) timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (PulsarClientException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new InterruptedException("Interrupted while reading topic " + topic.name());
      }
      throw topic.unreachable("read topic " + topic.name(), e);
    }
  }

  private void requireConnection(PulsarSubscription to) {
    if (disconnection.lasts(to.consumer().isConnected())) {
      throw topic.unreachable(
          "read topic " + topic.name(),
          new TimeoutException(
              "no connection for %d s".formatted(Disconnection.PATIENCE.toSeconds())));
    }
  }

  /** Begins at the continuity's start. */
  @Override
  public void resume() {
    if (reading == null) {
      PulsarSubscription fresh = topic.read(name);
      disconnection = new Disconnection(System::nanoTime);
      reading = fresh;
      readAgain(fresh);
    }
  }

  private void readAgain(PulsarSubscription current) {
    current.consumer().pause();
    PulsarPlace start = continuity.start();
    topic.seek(current, start == null ? MessageId.earliest : start.entryId());
    current.consumer().resume();
  }

  /** Closes the consumer, because its cursor in the broker would fall behind meanwhile. */
  @Override
  public void suspend() {
    PulsarSubscription current = reading;
    reading = null;
    if (current != null) {
      var unused = current.close();
    }
  }

  @Override
  public void skipTo(Position position) {
    continuity.passed(PulsarPositions.placeOf(position));
  }

  @Override
  public void acknowledgeBefore(Position position) {
    PulsarPlace first = PulsarPositions.placeOf(position);
    needed = first;
    pin.moveTo(first);
    PulsarSubscription current = reading;
    if (current != null && first.entry() > 0) {
      // For tools that show the progress of a subscription.
      var unused = current.consumer().acknowledgeCumulativeAsync(first.entryId());
    }
  }

  @Override
  public void pin() {
    PulsarPlace first = needed;
    if (first != null) {
      pin.hold(first);
    }
  }

  @Override
  public void unpin() {
    pin.release();
  }

  /** Begins to close. The queue waits for the end. */
  @Override
  public void close() {
    suspend();
    pin.close();
  }
}
