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
 * What was read from one channel and not taken yet, in the queue's order. Guarded by its merger.
 *
 * <p>Milvus sends no more ticks on a channel when its last collection is dropped. So what tells
 * that a collection has ended must be read again after a crash, until the watermark has passed it,
 * whatever comes behind it.
 */
final class ChannelBuffer {
  /** A message that is needed again after a crash, by how many were read before it. */
  private record Mark(long place, Position position, long timestamp) {}

  /** What tells that nothing of a collection follows. */
  private record End(Mark mark, long collectionId) {}

  private record Held(long place, DataEvent event) {}

  private final Deque<Held> events = new ArrayDeque<>();

  /** The timestamps of the numbered messages that no tick has covered, by their numbers. */
  private final Map<Long, Long> open = new HashMap<>();

  /** The ends of collections, in the queue's order. */
  private final Deque<End> ends = new ArrayDeque<>();

  /** Their collections; copied, because snapshots keep it, and a drop is rare. */
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
   * Whether this message is here already: Milvus's producer for Kafka repeats a message whose
   * acknowledgement was lost, and what reads a channel for Milvus passes over the second one of a
   * number between two ticks (2.3.5 pkg/mq/msgstream/mq_msgstream.go, bufMsgPackToChannel).
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

  /** The collections of which nothing follows, but those whose end is not needed any more. */
  Set<Long> ended() {
    return ended;
  }

  /**
   * The first message that is needed again after a crash, or null where nothing was read yet.
   *
   * @param watermark what was told up to here is not needed any more; never less than before
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

  /** The earliest row of this partition, or Long.MAX_VALUE. */
  long earliest(long partitionId) {
    long earliest = Long.MAX_VALUE;
    for (Held held : events) {
      if (held.event().header().partitionId() == partitionId) {
        earliest = Math.min(earliest, held.event().timestamp());
      }
    }
    return earliest;
  }

  /** Adds the rows up to this timestamp to others. */
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
