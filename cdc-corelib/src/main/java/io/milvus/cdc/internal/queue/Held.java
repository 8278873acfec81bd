package io.milvus.cdc.internal.queue;

import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.event.Position;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a topic still holds.
 *
 * @param first its first message
 * @param end where the next message will be, or null where positions of a topic that was made anew
 *     lie beyond those of the old one
 */
public record Held(Position first, @Nullable Position end) {
  /** Why a message cannot be read any more, or never could. */
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
