package io.milvus.cdc.internal.order;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.DropMarker;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.event.Unknown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Merges the channels of a source by their time ticks. Readers, one thread for each channel, offer
 * their messages. The task removes the rows that the ticks have completed, in order.
 *
 * <p>A budget limits the memory for held rows. A channel that is ahead of the others waits when
 * half of it is used. The channel that the others wait for is never blocked, because the tick it
 * needs may follow any number of rows. Rows beyond the budget are spilled to disk, unless a batch
 * is still on its way to the target and will free its memory soon.
 */
public final class TickMerger implements AutoCloseable {
  private final Map<String, ChannelBuffer> channels = new TreeMap<>();
  private final Room room;
  private final BiConsumer<String, Unknown> unknowns;
  private Predicate<RowsHeader> unwanted = rows -> false;
  private final Frontier frontier = new Frontier(channels);
  private long watermark;
  private long discarded;

  /** Whether the task has something to do at once. */
  private boolean changed;

  /** Whether the task has something to do that may wait: to report that there were no rows. */
  private boolean ticked;

  /** The time of the task's last {@link #await}, by the JVM's clock. */
  private long toldAt = System.nanoTime();

  /** The frontier at the task's last {@link #await}. */
  private long told = -1;

  /** The number of readers that wait for room. */
  private int waiting;

  private @Nullable CdcException failure;

  /**
   * Creates a merger that has read nothing.
   *
   * @param watermark rows at or below it are skipped
   * @param budget bytes that may be held in memory
   * @param spillDirectory the place for rows beyond the budget
   * @param unknowns accepts, on the reader's thread, each message that cannot be decoded, with its
   *     channel; the message is skipped once it returns, unless it throws
   */
  public TickMerger(
      List<String> channels,
      long watermark,
      long budget,
      Path spillDirectory,
      BiConsumer<String, Unknown> unknowns) {
    this.unknowns = unknowns;
    channels.forEach(channel -> this.channels.put(channel, new ChannelBuffer()));
    this.watermark = watermark;
    this.room = new Room(budget, spillDirectory);
  }

  /** Adds one message of a channel. Waits while there is no room for it. */
  public void offer(String channel, ChannelEvent event) throws InterruptedException {
    if (event instanceof Unknown unknown) {
      // Before it is added: from then on a checkpoint may pass it.
      unknowns.accept(channel, unknown);
    }
    admitAndTake(channel, event);
  }

  private synchronized void admitAndTake(String channel, ChannelEvent event)
      throws InterruptedException {
    take(channel, event instanceof DataEvent rows && wants(rows) ? admit(channel, rows) : event);
  }

  /**
   * Adds one message of a channel, if it can be decoded and less than half of the budget is used.
   * Never waits for the task or for a disk.
   */
  public boolean offerNow(String channel, ChannelEvent event) {
    return !room.crowded() && !(event instanceof Unknown) && takeIfRoom(channel, event);
  }

  private synchronized boolean takeIfRoom(String channel, ChannelEvent event) {
    boolean fits = !(event instanceof DataEvent rows) || !wants(rows) || room.fits(rows, false);
    if (fits) {
      take(channel, event);
    }
    return fits;
  }

  /**
   * Returns whether so little is held that messages of other readers can be accepted for a while.
   */
  public synchronized boolean roomy() {
    return room.roomy();
  }

  private void take(String channel, ChannelEvent event) {
    ChannelBuffer buffer = buffer(channel);
    if (event instanceof DataEvent rows) {
      take(buffer, rows);
    } else if (event instanceof TimeTick tick) {
      buffer.tick(tick.position(), tick.timestamp());
    } else if (event instanceof DropMarker marker) {
      buffer.end(marker.position(), marker.timestamp(), marker.collectionId());
    } else {
      buffer.pass(event.position());
    }
    boolean tells = !changed && (!ticked || !room.empty() || event instanceof DropMarker);
    if (tells && matters(event)) {
      changed = !room.empty() || event instanceof DropMarker;
      ticked = true;
      notifyAll();
    } else if (waiting > 0) {
      notifyAll();
    }
  }

  /** Returns whether this event lets the task do something new. */
  private boolean matters(ChannelEvent event) {
    boolean moves = event instanceof TimeTick || event instanceof DropMarker;
    return moves && (frontier.idle() || frontier.isBeyond(told, this::snapshot));
  }

  private boolean wants(DataEvent rows) {
    return rows.timestamp() > watermark && !unwanted.test(rows.header());
  }

  private void take(ChannelBuffer buffer, DataEvent rows) {
    boolean repeated = buffer.has(rows);
    if (wants(rows) && !repeated) {
      room.hold(rows);
      buffer.add(rows);
    } else {
      discarded += rows.timestamp() <= watermark || repeated ? 0 : rows.header().rows();
      room.pass(rows);
      buffer.pass(rows.position());
    }
  }

  private DataEvent admit(String channel, DataEvent rows) throws InterruptedException {
    for (boolean awaited = frontier.waitsFor(channel);
        !room.fits(rows, awaited);
        awaited = frontier.waitsFor(channel)) {
      room.crowd();
      if (awaited && room.spills()) {
        return room.spilled(rows);
      }
      waiting++;
      try {
        wait();
      } finally {
        waiting--;
      }
    }
    return rows;
  }

  private ChannelBuffer buffer(String channel) {
    return channels.computeIfAbsent(channel, name -> new ChannelBuffer());
  }

  /** Ends the merge: the next {@link #await} throws this. */
  public synchronized void fail(CdcException cause) {
    failure = failure == null ? cause : failure;
    changed = true;
    notifyAll();
  }

  /** Lets the next {@link #await} return at once. */
  public synchronized void wake() {
    changed = true;
    notifyAll();
  }

  /**
   * Waits until the frontier has advanced since the last call, or the time is over.
   *
   * @param rest how long after the last call ticks wait that have no rows before them
   */
  public synchronized void await(Duration atMost, Duration rest) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long rested = toldAt + rest.toNanos();
    long left = 1;
    while (!changed && left > 0) {
      left = (ticked ? Math.min(end, rested) : end) - System.nanoTime();
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    changed = false;
    ticked = false;
    told = frontier.in(snapshot());
    toldAt = System.nanoTime();
    check();
  }

  private void check() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Returns the ticks and ends of the channels. Call it before the catalog is read. */
  public synchronized TickSnapshot snapshot() {
    Map<String, Long> ticks = new TreeMap<>();
    Map<String, Set<Long>> ended = new TreeMap<>();
    channels.forEach(
        (channel, buffer) -> {
          ticks.put(channel, buffer.tick());
          ended.put(channel, buffer.ended());
        });
    return new TickSnapshot(ticks, ended);
  }

  /**
   * Replaces the known state of the catalog.
   *
   * @param known selects rows that are not wanted, so that they need not be held
   * @param needed the channels to wait for
   */
  public synchronized void follow(Predicate<RowsHeader> known, List<Demand> needed) {
    unwanted = known;
    frontier.follow(needed);
    changed = true;
    notifyAll();
  }

  /** Returns whether there is no channel to wait for. */
  public synchronized boolean idle() {
    return frontier.idle();
  }

  /** Returns the timestamp up to which everything was known at this snapshot. */
  public synchronized long frontier(TickSnapshot snapshot) {
    return frontier.in(snapshot);
  }

  /** Returns the earliest timestamp of a held row of this partition, or Long.MAX_VALUE. */
  public synchronized long earliest(long partitionId) {
    long earliest = Long.MAX_VALUE;
    for (ChannelBuffer buffer : channels.values()) {
      earliest = Math.min(earliest, buffer.earliest(partitionId));
    }
    return earliest;
  }

  /**
   * Removes and returns rows in order, whole timestamps at a time, as many as fit. The watermark
   * advances to the last of them.
   *
   * @param upTo the highest timestamp to return; at most the frontier
   * @param atMost bytes, unless one timestamp has more
   */
  public synchronized Taken take(long upTo, long atMost) {
    List<DataEvent> ready = new ArrayList<>();
    for (ChannelBuffer buffer : channels.values()) {
      buffer.collect(upTo, ready);
    }
    Taken taken = Taken.of(ready, upTo, atMost);
    for (ChannelBuffer buffer : channels.values()) {
      buffer.take(taken.upTo());
    }
    watermark = Math.max(watermark, taken.upTo());
    room.lend();
    return taken;
  }

  /** Frees the room of rows that are on the target. */
  public synchronized void release(Taken taken) {
    room.free(taken);
    notifyAll();
  }

  /**
   * Returns, by channel, the first message that is needed again after a crash. Channels of which
   * nothing was read are missing.
   */
  public synchronized Map<String, Position> positions() {
    Map<String, Position> positions = new TreeMap<>();
    channels.forEach(
        (channel, buffer) -> {
          Position position = buffer.resumeAt(watermark);
          if (position != null) {
            positions.put(channel, position);
          }
        });
    return positions;
  }

  /** Returns the number of rows that were skipped because they are not wanted. */
  public synchronized long discarded() {
    return discarded;
  }

  /** Returns the held messages of every channel, and whether it is awaited. */
  public synchronized List<ChannelView> view() {
    List<ChannelView> views = new ArrayList<>();
    channels.forEach(
        (channel, buffer) ->
            views.add(
                new ChannelView(
                    channel,
                    frontier.needs(channel),
                    buffer.tick(),
                    buffer.size(),
                    buffer.bytes())));
    return views;
  }

  @Override
  public void close() {
    room.close();
  }

  /** Describes one channel. */
  public record ChannelView(String channel, boolean live, long tick, int messages, long bytes) {}
}
