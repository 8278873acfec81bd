package io.milvus.cdc.sources;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Insert;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows that a source has stored, in the order of their time. For one thread. Each method
 * blocks until the source has answered.
 *
 * <p>A task copies them up to one cut, and reads the rows above it from the channels. So a source
 * must retain the timestamp with which a row was sent. It must also return the rows that are at or
 * below the cut and are not deleted yet. A row that is deleted at or below the cut must be left
 * out. A row that is deleted above the cut may be left out.
 */
@Incubating
public interface ExistingRows extends AutoCloseable {
  /**
   * Returns a hybrid timestamp above all that the source has issued so far. So each message that is
   * above it comes later than the messages that are on its channel now.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  long cut() throws InterruptedException;

  /**
   * Returns whether the source issues only later timestamps from now on. Then a catalog that is
   * read afterwards has all objects of the cut.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  boolean hasPassed(long cut) throws InterruptedException;

  /**
   * Returns the virtual channels that are not stored up to the cut, each with the hybrid timestamp
   * up to which it is stored. The rows of these collections can be read once there are none.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  Map<String, Long> behind(long cut, Collection<CollectionEntry> collections)
      throws InterruptedException;

  /**
   * Asks the source to store the rows of these collections soon. May be repeated.
   *
   * @throws io.milvus.cdc.error.ConfigException if it cannot be asked
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable, or refuses
   */
  void flush(Collection<CollectionEntry> collections) throws InterruptedException;

  /**
   * Returns an estimate of the rows of these collections within a span of time. Changes nothing on
   * the source. By default begins to read them.
   *
   * @throws io.milvus.cdc.error.SourceException if the rows cannot be read
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  default Amount amount(Span span, Collection<CollectionEntry> collections)
      throws InterruptedException {
    try (Reading reading = read(span, collections)) {
      return reading.left();
    }
  }

  /**
   * Returns the rows of these collections within a span of time, in order.
   *
   * @throws io.milvus.cdc.error.SourceException if the rows cannot be read
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  Reading read(Span span, Collection<CollectionEntry> collections) throws InterruptedException;

  @Override
  void close();

  /**
   * Names the rows that are wanted by their hybrid timestamps.
   *
   * @param after the span has the rows above this timestamp
   * @param upTo the span has the rows at or below this timestamp
   * @param cut deletes at or below this timestamp are applied, and deletes above it are not
   */
  record Span(long after, long upTo, long cut) {}

  /** A number of rows, and their bytes in the storage. */
  record Amount(long rows, long bytes) {
    /** Holds nothing. */
    public static final Amount NONE = new Amount(0, 0);
  }

  /**
   * Holds all rows between the end of the batch before and its own end.
   *
   * @param rows sorted by timestamp; the rows of one event may have different timestamps, all above
   *     the end of the batch before
   * @param upTo the hybrid timestamp of its end
   */
  record Batch(List<Insert> rows, long upTo) {}

  /** Returns rows in the order of their time. For one thread. */
  interface Reading extends AutoCloseable {
    /** Returns an estimate of the rows and bytes that were not returned yet. */
    Amount left();

    /**
     * Returns the next rows, a few megabytes at a time, or null after the last batch. The last
     * batch ends at the end of the span.
     *
     * @throws io.milvus.cdc.error.SourceException if the rows cannot be read
     * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
     */
    @Nullable Batch next() throws InterruptedException;

    @Override
    void close();
  }
}
