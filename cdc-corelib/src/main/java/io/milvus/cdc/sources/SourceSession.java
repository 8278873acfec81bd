package io.milvus.cdc.sources;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.preflight.Finding;
import java.util.List;
import java.util.Map;

/** An open connection to a source. */
public interface SourceSession extends AutoCloseable {
  /**
   * The catalog, holding at the least everything that was committed before this call began. Returns
   * the same instance as long as nothing has changed.
   *
   * @throws io.milvus.cdc.error.RetriableException where the source cannot be asked now
   */
  Catalog sync() throws InterruptedException;

  /** Calls this, on any thread, whenever the catalog may have changed. */
  void onCatalogChange(Runnable wake);

  /**
   * The physical channels that there are, also those that carry no collection yet. Others may come
   * with the first collection on them: they can be read as soon as the catalog lists that.
   */
  List<String> channels();

  /**
   * Opens a reader of one channel. If the source can pin messages and is set to, it keeps them for
   * the task from this call on until they are acknowledged, across restarts.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException where the messages at the start are gone
   */
  ChannelReader read(String channel, ReadFrom from);

  /**
   * Which of these beginnings, by channel, the source does not hold any more. Leaves nothing
   * behind. After {@link #sync}.
   *
   * @throws io.milvus.cdc.error.RetriableException where the source cannot be asked now
   */
  default List<Finding> lost(Map<String, ReadFrom> beginnings) {
    return List.of();
  }

  /**
   * Whether the properties of collections in the catalog are those of now; else they may be those
   * of the creation.
   */
  default boolean tellsProperties() {
    return true;
  }

  /**
   * Which collections users had flushed, as far as this was not told before, by the catalog that
   * {@link #sync} told last. Best effort: some may be missing, above all those from while no
   * session was open.
   */
  default List<Flush> flushes() {
    return List.of();
  }

  /**
   * The bulk imports that the source remembers and whose rows no channel carries. Best effort: one
   * may be seen late. The same instance as long as nothing has changed.
   */
  default List<BulkImport> imports() {
    return List.of();
  }

  /** Returns what this source cannot report, and what to do about each, as notes. */
  default List<Finding> blindSpots() {
    return List.of();
  }

  @Override
  void close();
}
