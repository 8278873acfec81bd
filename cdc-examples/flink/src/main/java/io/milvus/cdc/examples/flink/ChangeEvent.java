package io.milvus.cdc.examples.flink;

/**
 * Holds the parts of a change event that the job needs.
 *
 * @param id is equal if the event is sent twice
 * @param type such as {@code row.inserted}
 * @param timestamp hybrid: milliseconds in the upper 46 bits, a counter in the lower 18
 * @param collectionId empty if the event concerns no collection
 * @param collection its database and its name
 * @param partition empty if the event concerns no partition, or all of them
 * @param key the key of a row, as text
 */
public record ChangeEvent(
    String id,
    String type,
    long timestamp,
    String collectionId,
    String collection,
    String partition,
    String key) {
  private static final int COUNTER_BITS = 18;

  /** Returns the event time as Flink measures it. */
  public long millis() {
    return timestamp >>> COUNTER_BITS;
  }

  /** Returns whether all events up to its timestamp have arrived in its Kafka partition. */
  public boolean completes() {
    return type.equals("watermark");
  }

  public boolean aboutCollection() {
    return !collectionId.isEmpty();
  }

  /**
   * Returns its order among events of the same timestamp: a change of the catalog, then deletes,
   * then inserts.
   */
  public int rank() {
    return switch (type) {
      case "row.inserted", "row.read" -> 2;
      case "row.deleted" -> 1;
      default -> 0;
    };
  }
}
