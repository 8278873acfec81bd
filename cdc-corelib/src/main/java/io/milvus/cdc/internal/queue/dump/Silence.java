package io.milvus.cdc.internal.queue.dump;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.grpc.ImmutableMessage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a channel has no messages up to a time. A dump up to a timestamp ends only after
 * everything up to it was sent (internal/proxy/impl.go DumpMessages, 2.6.20). It runs beside the
 * endless dump, which must have returned the same messages before the proof counts.
 */
final class Silence {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final long WINDOW = 64 << 10;

  private final MilvusRpc rpc;
  private final String channel;
  private final DumpClock clock;
  private final Runnable onArrival;
  private @Nullable Dump probe;
  private long upTo;
  private long last;
  private long askedAt = System.nanoTime() - PATIENCE;

  Silence(MilvusRpc rpc, String channel, DumpClock clock, Runnable onArrival) {
    this.rpc = rpc;
    this.channel = channel;
    this.clock = clock;
    this.onArrival = onArrival;
  }

  /** Returns in how many nanoseconds there may be something to do without a signal. */
  long dueIn(long complete) {
    return probe == null
        ? Math.max(0, clock.dueIn(complete, askedAt))
        : TimeUnit.SECONDS.toNanos(1);
  }

  /**
   * Returns a timestamp up to which a channel is complete, or 0 if that is not known yet. Asks the
   * source if it is time.
   *
   * @param place the last message, and up to which time the channel is known to be complete
   * @throws RetriableException if the source answers the question too late
   */
  long proven(WalPosition place) {
    if (probe == null && clock.dueIn(place.complete(), askedAt) <= 0) {
      ask(place);
    }
    Dump asked = probe;
    if (asked == null) {
      return 0;
    }
    for (ImmutableMessage sent = asked.next(); sent != null; sent = asked.next()) {
      last = DumpedMessage.tick(sent);
    }
    if (asked.isComplete() && last <= place.tick()) {
      end();
      return upTo;
    }
    if (System.nanoTime() - askedAt > PATIENCE) {
      throw new RetriableException(
          "The source does not say how far channel %s at %s is complete, since %d s."
              .formatted(channel, rpc.endpoint().uri(), TimeUnit.NANOSECONDS.toSeconds(PATIENCE)),
          "");
    }
    return 0;
  }

  private void ask(WalPosition place) {
    askedAt = System.nanoTime();
    upTo = clock.now();
    last = 0;
    probe =
        Dump.begin(rpc, channel, Dump.start(place), place.complete() + 1, upTo, WINDOW, onArrival);
  }

  void end() {
    Dump asked = probe;
    probe = null;
    if (asked != null) {
      asked.close();
    }
  }
}
