package io.milvus.cdc.examples.flink;

/**
 * What the job needs of a change event.
 *
 * @param id the same where the event comes twice
 * @param type such as {@code row.inserted}
 * @param timestamp hybrid: milliseconds in the upper 46 bits, a counter in the lower 18
 * @param collectionId empty where it is about none
 * @param collection its database and its name
 * @param partition empty where it is about none, or all
 * @param key of a row, as text
 */
public record StreamEvent(
    String id,
    String type,
    long timestamp,
    String collectionId,
    String collection,
    String partition,
    String key) {
  private static final int COUNTER_BITS = 18;

  /** Event time as Flink measures it. */
  public long millis() {
    return timestamp >>> COUNTER_BITS;
  }

  /** Whether it says that all events up to its timestamp have come in its Kafka partition. */
  public boolean completes() {
    return type.equals("watermark");
  }

  public boolean aboutCollection() {
    return !collectionId.isEmpty();
  }

  /** Among events of the same timestamp: a change of the catalog, then deletes, then inserts. */
  public int rank() {
    return switch (type) {
      case "row.inserted" -> 2;
      case "row.deleted" -> 1;
      default -> 0;
    };
  }
}
