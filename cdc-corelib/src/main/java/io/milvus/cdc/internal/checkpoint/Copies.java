package io.milvus.cdc.internal.checkpoint;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records the copies from a source's storage.
 *
 * @param cut the rows at or below this source timestamp were copied; 0 if there were none
 * @param later the cuts of collections that were copied again since, by their ids
 * @param order the copy that is not complete, or null
 */
public record Copies(long cut, Map<Long, Long> later, @Nullable CopyOrder order) {
  /** Holds nothing. */
  public static final Copies NONE = new Copies(0, Map.of(), null);

  public Copies {
    later = Map.copyOf(later);
  }

  /** Returns a record with this copy to complete, or with none if it is null. */
  public Copies with(@Nullable CopyOrder next) {
    return new Copies(cut, later, next);
  }

  /** Returns the source timestamp up to which a collection was last copied, 0 if it was not. */
  public long cutOf(long collectionId) {
    return Math.max(cut, later.getOrDefault(collectionId, 0L));
  }

  /** Returns the latest cut of a complete copy, 0 if there is none. */
  public long newest() {
    return later.values().stream().mapToLong(Long::longValue).reduce(cut, Math::max);
  }

  /** Returns a record in which the copy is complete if the watermark has reached its cut. */
  public Copies reached(long watermark) {
    if (order == null || !order.emptied() || watermark < order.cut()) {
      return this;
    }
    if (order.whole()) {
      return new Copies(order.cut(), Map.of(), null);
    }
    Map<Long, Long> cuts = new TreeMap<>(later);
    order.collections().forEach(id -> cuts.put(id, order.cut()));
    return new Copies(cut, cuts, null);
  }
}
