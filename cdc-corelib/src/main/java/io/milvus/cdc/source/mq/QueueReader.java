package io.milvus.cdc.source.mq;

import io.milvus.cdc.event.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads one topic, each message once, in order. For one thread, but for acknowledging. */
public interface QueueReader extends AutoCloseable {
  /** The next message, or null where none came within the timeout. */
  @Nullable QueueMessage poll(Duration timeout) throws InterruptedException;

  /** Lets the queue forget everything strictly before this position. From any thread. */
  void acknowledgeBefore(Position position);

  /** Stops fetching; the subscription goes on. Not while polled. */
  void rest();

  /** Says, from any thread, that this message need not be handed out any more. */
  void passed(Position position);

  /** Fetches again after {@link #rest}, from the first message that was not polled or passed. */
  void wake();

  @Override
  void close();
}
