package io.milvus.cdc.event;

import java.time.Instant;
import java.util.List;

/**
 * Files that were imported into a collection of the source, past its topics.
 *
 * @param id of the import, unique over the whole source
 * @param at when it was asked for, or had ended
 * @param files as the source calls them
 */
public record BulkImport(long id, long collectionId, Instant at, List<String> files) {
  public BulkImport {
    files = List.copyOf(files);
  }
}
