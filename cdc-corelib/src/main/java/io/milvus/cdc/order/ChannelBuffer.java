package io.milvus.cdc.order;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was read from one channel and not taken yet, in the queue's order. Guarded by its merger.
 */
final class ChannelBuffer {
  private final Deque<DataEvent> events = new ArrayDeque<>();

  /** The timestamps of the numbered messages that no tick has covered, by their numbers. */
  private final Map<Long, Long> open = new HashMap<>();

  private Set<Long> ended = Set.of();
  private @Nullable Position last;
  private long tick;
  private long bytes;

  long tick() {
    return tick;
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
    last = event.position();
    long number = event.header().messageId();
    if (number != 0) {
      open.put(number, event.timestamp());
    }
    events.addLast(event);
    bytes += event.payload().size();
  }

  void tick(Position position, long timestamp) {
    last = position;
    tick = Math.max(tick, timestamp);
    open.values().removeIf(covered -> covered <= tick);
  }

  /** Notes that nothing of this collection follows. */
  void end(Position position, long collectionId) {
    last = position;
    // Copied, because snapshots keep it, and a drop is rare.
    Set<Long> more = new HashSet<>(ended);
    more.add(collectionId);
    ended = Set.copyOf(more);
  }

  void pass(Position position) {
    last = position;
  }

  /** The collections of which nothing follows. */
  Set<Long> ended() {
    return ended;
  }

  /** The first message that is needed again after a crash, or null where nothing was read yet. */
  @Nullable Position resumeAt() {
    DataEvent first = events.peekFirst();
    return first == null ? last : first.position();
  }

  /** Hands over and removes what this accepts. */
  void take(Predicate<DataEvent> which, Consumer<DataEvent> into) {
    for (Iterator<DataEvent> each = events.iterator(); each.hasNext(); ) {
      DataEvent event = each.next();
      if (which.test(event)) {
        each.remove();
        bytes -= event.payload().size();
        into.accept(event);
      }
    }
  }

  Iterable<DataEvent> events() {
    return events;
  }
}
