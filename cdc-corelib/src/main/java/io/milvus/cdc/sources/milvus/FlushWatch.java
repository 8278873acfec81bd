package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.internal.decode.FlushMessage;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.preflight.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes the flushes that clients of a source request. Its etcd does not hold them. Its topic
 * {@code <cluster>-replicate-msg} does, as far as Milvus could write it (2.3 to 2.5
 * internal/proxy/util.go SendReplicateMessagePack, which ignores errors).
 *
 * <p>Best effort in every respect, on a thread of its own. It leaves no subscription on the topic,
 * which would retain messages for as long as a task is forgotten. So it misses messages from times
 * without a listener, as after a restart or a fault. A missed flush costs no rows.
 */
final class FlushWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlushWatch.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final MessageQueue queue;
  private final String topic;

  /** Whether the topic exists before its first message. */
  private final boolean comesFirst;

  private final List<Consumer<FlushMessage>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Finding trouble;
  private @Nullable Thread thread;

  FlushWatch(MessageQueue queue, String topic, boolean comesFirst) {
    this.queue = queue;
    this.topic = topic;
    this.comesFirst = comesFirst;
  }

  /** Adds a listener, which receives later flushes on another thread. */
  synchronized void addListener(Consumer<FlushMessage> listener) {
    listeners.add(listener);
    if (thread == null) {
      thread = new Thread(this::watch, "cdc-" + topic);
      thread.setDaemon(true);
      thread.start();
    }
  }

  void removeListener(Consumer<FlushMessage> listener) {
    listeners.remove(listener);
  }

  /** Returns why flushes are not seen, or null. */
  @Nullable Finding trouble() {
    return trouble;
  }

  private void watch() {
    boolean wasAbsent = false;
    try {
      while (true) {
        try {
          if (queue.topics().contains(topic)) {
            follow(wasAbsent);
          } else {
            wasAbsent = true;
            trouble = comesFirst ? unseen("there is no such topic") : null;
          }
        } catch (CdcException e) {
          wasAbsent = false;
          trouble = unseen(String.valueOf(e.getMessage()));
          LOG.debug("Topic {} will be tried again", topic, e);
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Finding unseen(String why) {
    return Finding.note(
        "Flushes on the source are not seen, because its topic %s cannot be read: %s."
            .formatted(topic, why),
        "Grant read access to it, or set replicateChannel to the source's"
            + " chanNamePrefix.cluster and chanNamePrefix.replicateMsg, joined by a dash."
            + " Rows are not affected.");
  }

  /** Reads until that fails. If the topic was created meanwhile, it has no older messages. */
  private void follow(boolean fromStart) throws InterruptedException {
    try (QueueReader reader = queue.listen(topic, fromStart)) {
      trouble = null;
      while (!Thread.interrupted()) {
        QueueMessage message = reader.poll(POLL);
        if (message != null) {
          take(message);
          reader.acknowledgeBefore(message.position());
        }
      }
      throw new InterruptedException("Closed");
    }
  }

  private void take(QueueMessage message) {
    try {
      FlushMessage flush = FlushMessage.parse(message.body().bytes());
      if (flush != null) {
        listeners.forEach(listener -> listener.accept(flush));
      }
    } catch (IOException e) {
      LOG.warn("Message {} of topic {} is not from Milvus: {}", message.position(), topic, e);
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
