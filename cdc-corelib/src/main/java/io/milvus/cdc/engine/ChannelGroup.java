package io.milvus.cdc.engine;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel's pumps in an engine. One of them leads: it reads, and hands what it reads to those
 * that follow. All others read for themselves, until they come to a message that the leader has
 * read just now. Thread-safe.
 *
 * <p>Nothing that a follower does can hold up the leader: one that has no room is put out at once,
 * and reads for itself again. Where the leader has no room, fails or ends, the next one leads.
 */
final class ChannelGroup {
  private static final int RECENT_EVENTS = 256;
  private static final long RECENT_BYTES = 256 << 10;

  private final Set<ChannelPump> followers = new LinkedHashSet<>();

  /** What was read last, for those that are about to follow, and how many bytes it has. */
  private final Deque<ChannelEvent> recent = new ArrayDeque<>();

  private long recentBytes;
  private long newestTick;
  private @Nullable ChannelPump leader;

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
      followers.removeIf(follower -> isPutOut(follower, event));
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
  }

  private void remember(ChannelEvent event) {
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
    return event instanceof DataEvent rows ? rows.payload().size() : 0;
  }

  private static boolean isPutOut(ChannelPump follower, ChannelEvent event) {
    boolean out = !follower.follow(event);
    if (out) {
      follower.readAgain();
    }
    return out;
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
      pump.rest();
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
        followers.remove(leader);
        leader.readAgain();
      }
    }
  }
}
