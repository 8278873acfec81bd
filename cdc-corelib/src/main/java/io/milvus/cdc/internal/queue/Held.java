package io.milvus.cdc.internal.queue;

import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.event.Position;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes the messages that a topic still holds.
 *
 * @param first its first message
 * @param end the place of the next message, or null if positions of a recreated topic are above the
 *     positions of the old topic
 */
public record Held(Position first, @Nullable Position end) {
  /** Explains why a message can no longer be read, or never could. */
  public Optional<PositionExpiredException> expired(
      String topic, Position needed, Comparator<Position> order) {
    if (order.compare(needed, first) < 0) {
      return Optional.of(ExpiredPosition.before(topic, needed, first));
    }
    return end != null && order.compare(needed, end) > 0
        ? Optional.of(ExpiredPosition.behind(topic, needed))
        : Optional.empty();
  }
}
