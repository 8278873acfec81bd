package io.milvus.cdc.order;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was read from one channel and not taken yet, in the queue's order. Guarded by its merger.
 */
final class ChannelBuffer {
  private final Deque<DataEvent> events = new ArrayDeque<>();
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

  void add(DataEvent event) {
    last = event.position();
    events.addLast(event);
    bytes += event.payload().size();
  }

  void tick(Position position, long timestamp) {
    last = position;
    tick = Math.max(tick, timestamp);
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
