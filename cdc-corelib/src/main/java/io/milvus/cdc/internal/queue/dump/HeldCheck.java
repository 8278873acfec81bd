package io.milvus.cdc.internal.queue.dump;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.queue.ExpiredPosition;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.MessageID;
import io.milvus.grpc.WALName;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shows that a source still holds a message. It reports no error if it does not: it begins at a
 * later message, or at the first message if the id belongs to another queue.
 */
final class HeldCheck {
  /**
   * The second entry of Woodpecker's first segment. A source moves the very first to the mark up to
   * which messages may be deleted. A source with another queue begins at its first message.
   */
  static final WalPosition FIRST = WalPosition.beginning(WALName.WoodPecker.name(), "EAE=");

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final long WINDOW = 64 << 10;

  private final MilvusRpc rpc;
  private final String channel;
  private final Signal signal = new Signal();

  HeldCheck(MilvusRpc rpc, String channel) {
    this.rpc = rpc;
    this.channel = channel;
  }

  /**
   * Returns when the source has sent the message of a place.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException if the source does not hold it
   * @throws RetriableException if the source does not answer, as it does for an unknown channel
   */
  void require(WalPosition place) throws InterruptedException {
    ImmutableMessage found =
        first(
            Dump.start(place),
            place.tick(),
            place.tick(),
            sent -> place.isMessage(DumpedMessage.place(sent)));
    if (found != null) {
      return;
    }
    ImmutableMessage left = first(Dump.start(FIRST), 0, place.tick(), sent -> true);
    if (left != null) {
      throw ExpiredPosition.replaced(channel, place.position());
    }
    throw ExpiredPosition.gone(channel, place.position());
  }

  /** Returns the first such message of a stretch, or null if the source has none. */
  private @Nullable ImmutableMessage first(
      MessageID from, long fromTick, long toTick, Predicate<ImmutableMessage> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    try (Dump dump = Dump.begin(rpc, channel, from, fromTick, toTick, WINDOW, signal::set)) {
      while (System.nanoTime() < deadline) {
        signal.clear();
        for (ImmutableMessage sent = dump.next(); sent != null; sent = dump.next()) {
          if (wanted.test(sent)) {
            return sent;
          }
        }
        if (dump.isComplete()) {
          return null;
        }
        signal.await(deadline - System.nanoTime());
      }
    }
    throw new RetriableException(
        "The source at %s does not dump channel %s within %d s. Check that the channel exists."
            .formatted(rpc.endpoint().uri(), channel, TimeUnit.NANOSECONDS.toSeconds(PATIENCE)),
        "");
  }
}
