package io.milvus.cdc.internal.queue.dump;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.queue.ExpiredPosition;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.grpc.ImmutableMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one channel by an endless dump. Returns a tick when the channel is known to be complete up
 * to it: when no later part of a message's tick can follow, or when a {@link Silence} is proven.
 *
 * <p>A source passes over deleted messages without a word. So a reader that resumes requires the
 * very message that was read last.
 */
final class DumpReader implements QueueReader {
  /** The most messages without a tick, so that a long backlog is applied in parts. */
  private static final int MOST_WITHOUT_TICK = 64;

  private static final long WINDOW = 1 << 20;

  private final MilvusRpc rpc;
  private final String channel;
  private final DumpClock clock;
  private final Signal signal = new Signal();
  private final Runnable wake = signal::set;
  private final Silence silence;
  private @Nullable Dump dump;

  /** The last message, and up to which timestamp the channel was returned. */
  private WalPosition place;

  /** The tick of the message that must come first, or 0 if it has come. */
  private long demanded;

  /** Whether the tick at the place is returned again. */
  private boolean again;

  private boolean inTransaction;
  private int withoutTick;
  private volatile @Nullable WalPosition passed;
  private volatile boolean closed;

  /**
   * Creates a reader that does not read yet.
   *
   * @param place the place to begin. If it is a message of a transaction, the reader begins with
   *     the transaction
   */
  DumpReader(MilvusRpc rpc, String channel, DumpClock clock, WalPosition place) {
    this.rpc = rpc;
    this.channel = channel;
    this.clock = clock;
    this.place = place;
    this.silence = new Silence(rpc, channel, clock, wake);
  }

  /**
   * Begins to read. Blocks until the source has shown that it holds the place.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException if the source has deleted the place
   */
  DumpReader begin() throws InterruptedException {
    clock.add(wake);
    again = place.complete() > 0 && place.isTick();
    open();
    return this;
  }

  private void open() throws InterruptedException {
    boolean anchored = place.hasMessage();
    if (anchored) {
      new HeldCheck(rpc, channel).require(place);
    }
    demanded = anchored ? place.tick() : 0;
    inTransaction = false;
    withoutTick = 0;
    long from = anchored ? place.tick() : place.complete() + 1;
    dump = Dump.begin(rpc, channel, Dump.start(place), from, 0, WINDOW, wake);
  }

  @Override
  public @Nullable QueueMessage poll(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!closed) {
      signal.clear();
      QueueMessage message = next();
      long left = deadline - System.nanoTime();
      if (message != null || left <= 0) {
        return message;
      }
      signal.await(isDrained() ? Math.min(left, silence.dueIn(place.complete())) : left);
    }
    return null;
  }

  private @Nullable QueueMessage next() throws InterruptedException {
    Dump reading = dump;
    if (reading == null) {
      return null;
    }
    if (again) {
      again = false;
      return DumpedMessage.tickAt(place);
    }
    if (withoutTick >= MOST_WITHOUT_TICK && !inTransaction) {
      return tick(place.tick());
    }
    for (ImmutableMessage sent = reading.next(); sent != null; sent = reading.next()) {
      QueueMessage message = accept(sent);
      if (message != null) {
        return message;
      }
    }
    if (reading.isComplete()) {
      throw new RetriableException("The source has ended the dump of channel " + channel, "");
    }
    if (!isDrained()) {
      return null;
    }
    if (!place.isTick()) {
      return tick(place.tick());
    }
    long proven = silence.proven(place);
    return proven == 0 ? null : tick(proven);
  }

  /** Returns whether everything that has arrived was returned, in whole transactions. */
  private boolean isDrained() {
    return dump != null && demanded == 0 && !inTransaction;
  }

  /** Returns the message, or null if it was returned before. */
  private @Nullable QueueMessage accept(ImmutableMessage sent) {
    WalPosition here = DumpedMessage.place(sent);
    requireDemanded(here);
    if (DumpedMessage.beginsTransaction(sent)) {
      inTransaction = true;
    } else if (DumpedMessage.commitsTransaction(sent)) {
      inTransaction = false;
    }
    if (here.tick() <= place.complete()) {
      if (here.tick() != place.tick()) {
        // A probe has said that the channel is complete up to a later time.
        throw ExpiredPosition.between(channel, place.position(), here.position());
      }
      return null;
    }
    place = here;
    withoutTick++;
    clock.saw(here.tick());
    return DumpedMessage.of(here, sent);
  }

  private void requireDemanded(WalPosition first) {
    if (demanded != 0 && demanded != first.tick()) {
      throw ExpiredPosition.before(channel, place.position(), first.position());
    }
    demanded = 0;
  }

  private QueueMessage tick(long upTo) {
    withoutTick = 0;
    place = place.completeTo(upTo);
    return DumpedMessage.tickAt(place);
  }

  @Override
  public void acknowledgeBefore(Position position) {
    // The source retains messages for no reader, so there is nothing to release.
  }

  @Override
  public void suspend() {
    stop();
  }

  @Override
  public void skipTo(Position position) {
    passed = WalPosition.parse(position);
  }

  /** Returns a transaction that was skipped in part as a whole. */
  @Override
  public void resume() {
    WalPosition last = passed;
    if (last != null) {
      place = last;
      passed = null;
    }
    try {
      open();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    silence.end();
    Dump reading = dump;
    dump = null;
    if (reading != null) {
      reading.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    clock.remove(wake);
    stop();
    signal.set();
  }
}
