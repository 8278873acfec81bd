package io.milvus.cdc.internal.queue.dump;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Decides when a silent channel is asked how far it is complete. A source sends no ticks, and each
 * question has it write one tick to the channel. So a channel is asked once a second at most: at
 * once if another channel has newer messages, else rarely. Thread-safe.
 */
final class DumpClock {
  /** A channel is not asked more often. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** All channels together are not asked more often if none has messages. */
  private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long WAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final MilvusRpc rpc;
  private final Set<Runnable> readers = ConcurrentHashMap.newKeySet();
  private volatile long newest;
  private volatile long wokenAt = System.nanoTime() - WAKE_NANOS;
  private long issued;
  private long issuedAt;

  DumpClock(MilvusRpc rpc) {
    this.rpc = rpc;
  }

  /** Adds a reader, which is woken if it may have to ask. */
  void add(Runnable wake) {
    readers.add(wake);
  }

  void remove(Runnable wake) {
    readers.remove(wake);
  }

  /** Notes that a channel has a message of this time. */
  void saw(long tick) {
    if (tick > newest) {
      newest = tick;
      long now = System.nanoTime();
      if (now - wokenAt > WAKE_NANOS) {
        wokenAt = now;
        readers.forEach(Runnable::run);
      }
    }
  }

  /**
   * Returns in how many nanoseconds a silent channel must be asked; 0 or less if now.
   *
   * @param complete the timestamp up to which the channel is known to be complete
   * @param askedAt when it was asked last
   */
  long dueIn(long complete, long askedAt) {
    boolean behind = newest > complete;
    long pause = behind ? LEAST_NANOS : Math.max(LEAST_NANOS, readers.size() * EACH_NANOS);
    return askedAt + pause - System.nanoTime();
  }

  /**
   * Returns a timestamp that the source issued a moment ago, and that no channel has reached.
   *
   * @throws RetriableException if the source does not answer
   */
  synchronized long now() {
    if (issued == 0 || System.nanoTime() - issuedAt > FRESH_NANOS || newest > issued) {
      issued = alloc();
      issuedAt = System.nanoTime();
    }
    return issued;
  }

  private long alloc() {
    try {
      AllocTimestampResponse answer =
          rpc.call(Methods.ALLOC_TIMESTAMP, AllocTimestampRequest.getDefaultInstance(), DEADLINE);
      if (MilvusStatus.ok(answer.getStatus())) {
        return answer.getTimestamp();
      }
      throw new RetriableException(
          "The source at %s issues no timestamp: %s"
              .formatted(rpc.endpoint().uri(), answer.getStatus().getReason()),
          "");
    } catch (CallException e) {
      throw new RetriableException(
          "The source at %s issues no timestamp: %s".formatted(rpc.endpoint().uri(), e.reason()),
          "",
          e);
    }
  }
}
