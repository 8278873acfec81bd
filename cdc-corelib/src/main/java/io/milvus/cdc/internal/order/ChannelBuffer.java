package io.milvus.cdc.internal.order;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Buffers the messages that were read from one channel and not consumed yet, in the queue's order.
 * Guarded by its merger.
 *
 * <p>Milvus sends no more ticks on a channel when its last collection is dropped. So the message
 * that ends a collection must be read again after a crash until the watermark has passed it. This
 * holds regardless of the messages behind it.
 */
final class ChannelBuffer {
  /** A message that is needed again after a crash, with the number of messages read before it. */
  private record Mark(long place, Position position, long timestamp) {}

  /** A message after which nothing of a collection follows. */
  private record End(Mark mark, long collectionId) {}

  private record Held(long place, DataEvent event) {}

  private final Deque<Held> events = new ArrayDeque<>();

  /** The timestamps of the numbered messages that no tick has covered, by their numbers. */
  private final Map<Long, Long> open = new HashMap<>();

  /** The ends of collections, in the queue's order. */
  private final Deque<End> ends = new ArrayDeque<>();

  /**
   * The collections of these ends. Copied, because snapshots retain the set, and a drop is rare.
   */
  private Set<Long> ended = Set.of();

  private @Nullable Mark tick;
  private @Nullable Position last;
  private long read;
  private long bytes;

  long tick() {
    return tick == null ? 0 : tick.timestamp();
  }

  int size() {
    return events.size();
  }

  long bytes() {
    return bytes;
  }

  /**
   * Returns whether this message is in the buffer already. Milvus's producer for Kafka repeats a
   * message whose acknowledgement was lost. Milvus's own reader skips a repeated number between two
   * ticks (2.3.5 pkg/mq/msgstream/mq_msgstream.go, bufMsgPackToChannel).
   */
  boolean has(DataEvent event) {
    Long timestamp = open.get(event.header().messageId());
    return timestamp != null && timestamp == event.timestamp();
  }

  void add(DataEvent event) {
    pass(event.position());
    long number = event.header().messageId();
    if (number != 0) {
      open.put(number, event.timestamp());
    }
    events.addLast(new Held(read, event));
    bytes += event.payload().size();
  }

  void tick(Position position, long timestamp) {
    pass(position);
    if (timestamp >= tick()) {
      tick = new Mark(read, position, timestamp);
    }
    open.values().removeIf(covered -> covered <= tick());
  }

  /** Notes that nothing of this collection follows. */
  void end(Position position, long timestamp, long collectionId) {
    pass(position);
    ends.addLast(new End(new Mark(read, position, timestamp), collectionId));
    noteEnded();
  }

  private void noteEnded() {
    ended = ends.stream().map(End::collectionId).collect(Collectors.toUnmodifiableSet());
  }

  void pass(Position position) {
    last = position;
    read++;
  }

  /** Returns the collections of which nothing follows, except ends that are no longer needed. */
  Set<Long> ended() {
    return ended;
  }

  /**
   * Returns the first message that is needed again after a crash, or null if nothing was read yet.
   *
   * @param watermark ticks and ends up to here are no longer needed; never less than before
   */
  @Nullable Position resumeAt(long watermark) {
    if (ends.removeIf(end -> end.mark().timestamp() <= watermark)) {
      noteEnded();
    }
    long first = Long.MAX_VALUE;
    Position position = last;
    Held held = events.peekFirst();
    if (held != null) {
      first = held.place();
      position = held.event().position();
    }
    End end = ends.peekFirst();
    if (end != null && end.mark().place() < first) {
      first = end.mark().place();
      position = end.mark().position();
    }
    return tick != null && tick.timestamp() > watermark && tick.place() < first
        ? tick.position()
        : position;
  }

  /** Returns the earliest timestamp of a row of this partition, or Long.MAX_VALUE. */
  long earliest(long partitionId) {
    long earliest = Long.MAX_VALUE;
    for (Held held : events) {
      if (held.event().header().partitionId() == partitionId) {
        earliest = Math.min(earliest, held.event().timestamp());
      }
    }
    return earliest;
  }

  /** Adds the rows up to this timestamp to a list. */
  void collect(long upTo, List<DataEvent> into) {
    for (Held held : events) {
      if (held.event().timestamp() <= upTo) {
        into.add(held.event());
      }
    }
  }

  /** Removes the rows up to this timestamp. */
  void take(long upTo) {
    for (Iterator<Held> each = events.iterator(); each.hasNext(); ) {
      DataEvent event = each.next().event();
      if (event.timestamp() <= upTo) {
        each.remove();
        bytes -= event.payload().size();
      }
    }
  }
}
