package io.milvus.cdc.event;

import java.time.Instant;
import java.util.List;

/**
 * Files that were imported into a collection of the source without passing its channels.
 *
 * @param id the id of the import, unique within the source
 * @param collectionId the collection of the source
 * @param at when the import was requested, or when it ended
 * @param files their names on the source
 */
public record BulkImport(long id, long collectionId, Instant at, List<String> files) {
  public BulkImport {
    files = List.copyOf(files);
  }
}
