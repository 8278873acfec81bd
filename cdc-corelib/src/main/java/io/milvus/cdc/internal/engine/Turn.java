package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.Flush;
import java.util.List;

/**
 * One turn of a replication, as its followers see it.
 *
 * @param watermark everything at or below this source timestamp is on the target
 * @param flushes collections that were flushed on the source since the last turn
 * @param imports bulk imports that the source remembers
 * @param catalog answers which collections the target has
 */
record Turn(long watermark, List<Flush> flushes, List<BulkImport> imports, CatalogSync catalog) {}
