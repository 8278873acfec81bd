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
 * One channel's pumps in an engine. One of them leads: it reads, and hands what it reads to those
 * that follow. All others read for themselves, until they come to a message that the leader has
 * read just now. Thread-safe.
 *
 * <p>Nothing that a follower does can hold up the leader: one that has no room is put out at once,
 * and reads for itself again. Where the leader has no room, fails, falls silent or ends, the next
 * one leads.
 */
final class ChannelGroup {
  private static final int RECENT_EVENTS = 256;
  private static final long RECENT_BYTES = 256 << 10;

  /** Where collections are, ticks come every 200 ms (proxy.timeTickInterval). */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Set<ChannelPump> followers = new LinkedHashSet<>();

  /** What was read last, for those that are about to follow, and how many bytes it has. */
  private final Deque<ChannelEvent> recent = new ArrayDeque<>();

  private long recentBytes;
  private long newestTick;
  private @Nullable ChannelPump leader;

  /** When the leader read something, or began to lead. */
  private volatile long readAt;

  /** Hands on what a pump has read, where that one leads, or may. */
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
   * Lets a pump follow, which then must not read any more.
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

  /** Takes a pump out; where it led, the next one does, from the next message on. */
  synchronized void leave(ChannelPump pump) {
    followers.remove(pump);
    if (leader == pump) {
      if (followers.isEmpty()) {
        lead(null);
      } else {
        // All that follow are equally far.
        leader = followers.iterator().next();
        readAt = System.nanoTime();
        followers.remove(leader);
        leader.readAgain();
      }
    }
  }

  /**
   * Lets the next one lead where the leader has read nothing for long, as it may be the only one
   * that cannot. To be called now and then.
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
