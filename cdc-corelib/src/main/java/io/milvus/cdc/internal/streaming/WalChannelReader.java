package io.milvus.cdc.internal.streaming;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DropMarker;
import io.milvus.cdc.event.Ignored;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.internal.wal.CollectionChange;
import io.milvus.cdc.internal.wal.Transactions;
import io.milvus.cdc.internal.wal.WalDecoder;
import io.milvus.cdc.internal.wal.WalEvent;
import io.milvus.cdc.internal.wal.WalMessage;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.cdc.sources.ChannelReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one channel of a log, in whole transactions. Changes of the catalog go elsewhere, before
 * this returns the tick that follows them.
 */
final class WalChannelReader implements ChannelReader {
  private final String channel;
  private final QueueReader reader;
  private final Supplier<Transactions> empty;
  private final Consumer<WalEvent.Change> changes;
  private final WalDecoder decoder = new WalDecoder();
  private final Queue<ChannelEvent> ready = new ArrayDeque<>();
  private volatile @Nullable Position passed;
  private Transactions transactions;

  /** The last event of a transaction that another reader has read, or null. */
  private @Nullable WalPosition skipped;

  /**
   * Creates a reader.
   *
   * @param transactions creates an empty instance for the kind of the queue
   * @param changes accepts each copy of each change
   */
  WalChannelReader(
      String channel,
      QueueReader reader,
      Supplier<Transactions> transactions,
      Consumer<WalEvent.Change> changes) {
    this.channel = channel;
    this.reader = reader;
    this.empty = transactions;
    this.transactions = transactions.get();
    this.changes = changes;
  }

  @Override
  public @Nullable ChannelEvent poll(Duration timeout) throws InterruptedException {
    if (ready.isEmpty()) {
      QueueMessage message = reader.poll(timeout);
      if (message != null) {
        accept(message);
      }
    }
    return ready.poll();
  }

  private void accept(QueueMessage message) {
    WalPosition place = WalPosition.parse(message.position());
    WalMessage wal =
        new WalMessage(channel, place.id(), place.wal(), message.properties(), message.body());
    transactions.accept(decoder.decode(wal)).forEach(event -> add(event, message));
  }

  private void add(WalEvent event, QueueMessage message) {
    ChannelEvent made = event.accept(new Conversion(message));
    if (!isSkipped(made)) {
      ready.add(made);
    }
  }

  /** Returns whether another reader has read the event, in the same order. */
  private boolean isSkipped(ChannelEvent event) {
    WalPosition last = skipped;
    if (last == null) {
      return false;
    }
    WalPosition here = WalPosition.parse(event.position());
    if (here.isTick() || here.tick() > last.tick()) {
      skipped = null;
      return false;
    }
    if (here.isMessage(last)) {
      skipped = null;
    }
    return true;
  }

  @Override
  public @Nullable Position beginning() {
    return reader.beginning();
  }

  @Override
  public void acknowledgeBefore(Position position) {
    reader.acknowledgeBefore(position);
  }

  @Override
  public void pin() {
    reader.pin();
  }

  @Override
  public void unpin() {
    reader.unpin();
  }

  @Override
  public void suspend() {
    reader.suspend();
  }

  @Override
  public void skipTo(Position position) {
    passed = position;
    reader.skipTo(position);
  }

  @Override
  public void resume() {
    Position last = passed;
    if (last != null) {
      passed = null;
      ready.clear();
      WalPosition place = WalPosition.parse(last);
      skipped = place.isTick() ? null : place;
    }
    transactions = empty.get();
    reader.resume();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Converts events to those that the engine reads. */
  private final class Conversion implements WalEvent.Visitor<ChannelEvent> {
    private final QueueMessage message;

    Conversion(QueueMessage message) {
      this.message = message;
    }

    @Override
    public ChannelEvent rows(WalEvent.Rows rows) {
      return rows.event();
    }

    @Override
    public ChannelEvent change(WalEvent.Change change) {
      changes.accept(change);
      Position position = change.envelope().position().position();
      return change.change() instanceof CollectionChange.Drop drop
          ? new DropMarker(position, change.envelope().tick(), drop.collectionId())
          : new Ignored(position);
    }

    @Override
    public ChannelEvent boundary(WalEvent.Boundary boundary) {
      return new Ignored(boundary.envelope().position().position());
    }

    @Override
    public ChannelEvent tick(WalEvent.Tick tick) {
      return new TimeTick(message.position(), tick.envelope().tick());
    }

    @Override
    public ChannelEvent internal(WalEvent.Internal internal) {
      return new Ignored(internal.envelope().position().position());
    }

    @Override
    public ChannelEvent undecoded(WalEvent.Undecoded undecoded) {
      Unknown unknown = undecoded.event();
      return new Unknown(
          message.position(), unknown.why(), unknown.payload(), unknown.properties());
    }
  }
}
