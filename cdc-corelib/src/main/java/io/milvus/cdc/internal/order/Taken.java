package io.milvus.cdc.internal.order;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import java.util.Comparator;
import java.util.List;

/**
 * Holds rows that were removed from a merge, in order.
 *
 * @param upTo the timestamp up to which all rows were removed, now or before
 */
public record Taken(List<DataEvent> events, long upTo) {
  /** A delete of an inserted row precedes it only if the delete is older, or as old: an upsert. */
  private static final Comparator<DataEvent> ORDER =
      Comparator.comparingLong(DataEvent::timestamp)
          .thenComparing(event -> !(event instanceof Delete));

  /**
   * Selects whole timestamps, as many as fit.
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

  /**
   * Weighs deletes more. For segments that it loads later, a query node retains only some megabytes
   * of one pack's deletes.
   */
  private static long weight(DataEvent event) {
    return event.payload().size() * (event instanceof Delete ? 8L : 1L);
  }
}
