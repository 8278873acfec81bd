package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.impl.MessageIdImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One topic through one exclusive consumer. */
final class PulsarReader implements QueueReader {
  private static final Logger LOG = LoggerFactory.getLogger(PulsarReader.class);

  private final String topic;
  private final PulsarSubscription subscription;
  private final Consumer<byte[]> consumer;
  private @Nullable Position mustHold;

  /** The last that was handed out or passed; those up to here are not handed out again. */
  private @Nullable MessageIdImpl last;

  /** What came while resting, and is not passed yet. */
  private final Deque<Message<byte[]>> early = new ArrayDeque<>();

  /** Read and not acknowledged, oldest first; guarded by itself. */
  private final Deque<MessageIdImpl> pending = new ArrayDeque<>();

  PulsarReader(
      String topic,
      PulsarSubscription subscription,
      Consumer<byte[]> consumer,
      @Nullable Position mustHold) {
    this.topic = topic;
    this.subscription = subscription;
    this.consumer = consumer;
    this.mustHold = mustHold;
  }

  @Override
  public @Nullable QueueMessage poll(Duration timeout) throws InterruptedException {
    try {
      Message<byte[]> message =
          early.isEmpty()
              ? consumer.receive((int) timeout.toMillis(), TimeUnit.MILLISECONDS)
              : early.removeFirst();
      if (message == null) {
        return null;
      }
      Position position = PulsarPositions.of(message.getMessageId());
      MessageIdImpl id = PulsarPositions.idOf(position);
      // A consumer that reconnects is sent everything unacknowledged again.
      if (last != null && id.compareTo(last) <= 0) {
        return null;
      }
      checkHeld(id);
      note(id);
      Map<String, String> properties = message.getProperties();
      return new QueueMessage(position, Payload.of(message.getData()), properties);
    } catch (PulsarClientException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new InterruptedException("Interrupted while reading topic " + topic);
      }
      throw new RetriableException("Topic %s cannot be read: %s".formatted(topic, e), e);
    }
  }

  private void note(MessageIdImpl id) {
    last = id;
    synchronized (pending) {
      pending.addLast(id);
    }
  }

  @Override
  public void rest() {
    consumer.pause();
  }

  @Override
  public void passed(Position position) {
    MessageIdImpl id = PulsarPositions.idOf(position);
    note(id);
    early.removeIf(message -> idOf(message).compareTo(id) <= 0);
    try {
      // What the broker was allowed to send before the rest must not stay in memory.
      while (!Thread.currentThread().isInterrupted()) {
        Message<byte[]> message = consumer.receive(0, TimeUnit.MILLISECONDS);
        if (message == null) {
          break;
        }
        if (idOf(message).compareTo(id) > 0) {
          early.addLast(message);
        }
      }
    } catch (PulsarClientException e) {
      LOG.debug("A resting consumer of {} is in trouble; it is told when it reads", topic, e);
    }
  }

  private static MessageIdImpl idOf(Message<byte[]> message) {
    return PulsarPositions.idOf(PulsarPositions.of(message.getMessageId()));
  }

  @Override
  public void wake() {
    consumer.resume();
  }

  private void checkHeld(MessageIdImpl first) {
    if (mustHold != null && first.compareTo(PulsarPositions.idOf(mustHold)) > 0) {
      throw ExpiredPosition.before(topic, mustHold, PulsarPositions.of(first));
    }
    mustHold = null;
  }

  @Override
  public void acknowledgeBefore(Position position) {
    MessageIdImpl end = PulsarPositions.idOf(position);
    MessageIdImpl done = null;
    synchronized (pending) {
      while (!pending.isEmpty() && pending.getFirst().compareTo(end) < 0) {
        done = pending.removeFirst();
      }
    }
    if (done != null) {
      // Not waited for: one that gets lost only means reading again what the watermark drops.
      var unused = consumer.acknowledgeCumulativeAsync(done);
    }
  }

  /** Begins to close; the queue waits for it. */
  @Override
  public void close() {
    var unused = subscription.close();
  }
}
