package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.Flush;
import java.util.List;

/**
 * Describes one turn of a replication for its followers.
 *
 * @param watermark the source timestamp up to which everything is on the target
 * @param flushes collections that were flushed on the source since the last turn
 * @param imports bulk imports that the source remembers
 * @param catalog reports which collections the target has
 */
record Turn(long watermark, List<Flush> flushes, List<BulkImport> imports, CatalogSync catalog) {}
