package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.event.Unknown;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shares one channel's messages among the pumps of an engine. One pump is the leader: it reads, and
 * passes its messages to the followers. All other pumps read for themselves until they reach a
 * message that the leader has read recently. Thread-safe.
 *
 * <p>A follower never delays the leader. A follower without room is removed at once and reads for
 * itself again. The next follower becomes the leader if the leader has no room, fails, falls silent
 * or ends.
 */
final class ChannelGroup {
  private static final int RECENT_EVENTS = 256;
  private static final long RECENT_BYTES = 256 << 10;

  /** If there are collections, ticks come every 200 ms (proxy.timeTickInterval). */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Set<ChannelPump> followers = new LinkedHashSet<>();

  /** The messages that were read last, for pumps that are about to follow. */
  private final Deque<ChannelEvent> recent = new ArrayDeque<>();

  private long recentBytes;
  private long newestTick;
  private @Nullable ChannelPump leader;

  /** The time when the leader last read a message, or became the leader. */
  private volatile long readAt;

  /**
   * Passes a message to the followers if the pump that has read it is the leader, or may become the
   * leader.
   */
  synchronized void read(ChannelPump pump, ChannelEvent event) {
    if (pump.ended()) {
      return;
    }
    if (leader != pump && followers.isEmpty() && (leader == null || isNewer(event))) {
      lead(pump);
    }
    if (leader == pump) {
      remember(event);
      for (ChannelPump follower : List.copyOf(followers)) {
        if (!follower.follow(event)) {
          followers.remove(follower);
          follower.readAgain();
        }
      }
    }
  }

  private boolean isNewer(ChannelEvent event) {
    return event instanceof TimeTick tick && tick.timestamp() > newestTick;
  }

  private void lead(@Nullable ChannelPump pump) {
    leader = pump;
    recent.clear();
    recentBytes = 0;
    newestTick = 0;
    readAt = System.nanoTime();
  }

  private void remember(ChannelEvent event) {
    readAt = System.nanoTime();
    if (event instanceof TimeTick tick) {
      newestTick = tick.timestamp();
    }
    recent.addLast(event);
    recentBytes += size(event);
    while (recent.size() > RECENT_EVENTS || recentBytes > RECENT_BYTES) {
      recentBytes -= size(recent.removeFirst());
    }
  }

  private static long size(ChannelEvent event) {
    if (event instanceof Unknown unknown) {
      return unknown.payload().size();
    }
    return event instanceof DataEvent rows ? rows.payload().size() : 0;
  }

  /**
   * Adds a follower, which must then stop reading.
   *
   * @param last the message up to which the pump has everything
   */
  synchronized boolean join(ChannelPump pump, Position last) {
    if (leader == null || leader == pump || pump.ended() || !pump.roomy()) {
      return false;
    }
    boolean found = false;
    for (ChannelEvent event : recent) {
      if (found && !pump.follow(event)) {
        return false;
      }
      found = found || event.position().equals(last);
    }
    if (found) {
      pump.suspend();
      followers.add(pump);
    }
    return found;
  }

  /** Removes a pump. If it was the leader, the next follower leads from the next message on. */
  synchronized void leave(ChannelPump pump) {
    followers.remove(pump);
    if (leader == pump) {
      if (followers.isEmpty()) {
        lead(null);
      } else {
        // All followers are at the same position.
        leader = followers.iterator().next();
        readAt = System.nanoTime();
        followers.remove(leader);
        leader.readAgain();
      }
    }
  }

  /**
   * Replaces a leader that has read nothing for long, because it may be the only pump that cannot
   * read. Call it periodically.
   */
  void relieve() {
    if (System.nanoTime() - readAt > SILENCE_NANOS) {
      relieveSilent();
    }
  }

  private synchronized void relieveSilent() {
    if (leader != null && !followers.isEmpty() && System.nanoTime() - readAt > SILENCE_NANOS) {
      leave(leader);
    }
  }
}
