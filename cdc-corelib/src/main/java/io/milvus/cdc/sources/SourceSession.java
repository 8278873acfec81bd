package io.milvus.cdc.sources;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.preflight.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Provides the catalog and the channels of a source, over an open connection. For one thread. */
public interface SourceSession extends AutoCloseable {
  /**
   * Returns the catalog, with at least everything that was committed before this call began.
   * Returns the same instance as long as nothing has changed. Blocks until the source has answered.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  Catalog sync() throws InterruptedException;

  /** Sets a callback, which is run on any thread whenever the catalog may have changed. */
  void onCatalogChange(Runnable wake);

  /**
   * Returns the existing physical channels, including those that carry no collection yet. Further
   * channels may appear with their first collection. They can be read as soon as the catalog lists
   * that collection.
   */
  List<String> channels();

  /**
   * Opens a reader of one channel. If the source pins messages, it retains them for the task from
   * this call on until they are acknowledged, across restarts.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException if the messages at the start are gone
   */
  ChannelReader read(String channel, ReadFrom from);

  /**
   * Returns the rows that the source has stored, or nothing if it cannot read them. The caller
   * closes them. Contacts nothing yet.
   *
   * @param scratch the memory and the disk that it may use
   */
  @Incubating
  default Optional<ExistingRows> existing(Scratch scratch) {
    return Optional.empty();
  }

  /**
   * Returns a finding for each beginning, by channel, that the source does not hold any more.
   * Changes nothing. Call it after {@link #sync}. Blocks until the source has answered.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  default List<Finding> lost(Map<String, ReadFrom> beginnings) {
    return List.of();
  }

  /**
   * Returns whether the catalog has the present properties of collections. Otherwise they may be
   * those of the creation.
   */
  default boolean tellsProperties() {
    return true;
  }

  /**
   * Returns the flushes that clients requested and that were not returned before, by the catalog of
   * the last {@link #sync}. Best effort: some may be missing, above all those from times without an
   * open session.
   */
  default List<Flush> flushes() {
    return List.of();
  }

  /**
   * Returns the bulk imports that the source remembers and whose rows no channel carries. Best
   * effort: one may be seen late. Returns the same instance as long as nothing has changed.
   */
  default List<BulkImport> imports() {
    return List.of();
  }

  /** Returns the changes that this source cannot see, each with a cure, as notes. */
  default List<Finding> blindSpots() {
    return List.of();
  }

  @Override
  void close();
}
