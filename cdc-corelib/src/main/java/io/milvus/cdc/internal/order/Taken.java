package io.milvus.cdc.internal.order;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import java.util.Comparator;
import java.util.List;

/**
 * Rows that were taken from a merge, in order.
 *
 * @param upTo everything at or below it that was not taken before is among them
 */
public record Taken(List<DataEvent> events, long upTo) {
  /** Deletes of an inserted row come before it only if they are older, or as old: an upsert. */
  private static final Comparator<DataEvent> ORDER =
      Comparator.comparingLong(DataEvent::timestamp)
          .thenComparing(event -> !(event instanceof Delete));

  /**
   * Whole timestamps, as many as fit.
   *
   * @param ready all rows at or below {@code upTo}, in any order
   * @param atMost bytes, unless one timestamp has more
   */
  static Taken of(List<DataEvent> ready, long upTo, long atMost) {
    List<DataEvent> sorted = ready.stream().sorted(ORDER).toList();
    long bytes = 0;
    for (int i = 0; i < sorted.size(); i++) {
      bytes += weight(sorted.get(i));
      boolean lastOfItsTime =
          i + 1 == sorted.size() || sorted.get(i + 1).timestamp() > sorted.get(i).timestamp();
      if (bytes >= atMost && lastOfItsTime) {
        return new Taken(sorted.subList(0, i + 1), sorted.get(i).timestamp());
      }
    }
    return new Taken(sorted, upTo);
  }

  /** A query node keeps only some megabytes of one pack's deletes for segments it loads later. */
  private static long weight(DataEvent event) {
    return event.payload().size() * (event instanceof Delete ? 8L : 1L);
  }
}
