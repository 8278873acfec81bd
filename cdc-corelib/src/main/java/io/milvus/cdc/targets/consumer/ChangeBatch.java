package io.milvus.cdc.targets.consumer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Changes that are acknowledged together. A batch holds rows, one change of the catalog, or one
 * {@link Change.Watermark}. Rows of one timestamp are in the same batch.
 *
 * @param changes in order; deletes precede inserts of the same timestamp, as the old halves of
 *     upserts
 * @param replay whether some or all of them may have been delivered before
 */
public record ChangeBatch(List<Change> changes, boolean replay) {
  public ChangeBatch {
    changes = List.copyOf(changes);
  }

  /** Returns a completed stage, for a consumer that has handled the batch when it returns. */
  public CompletionStage<?> acknowledged() {
    return CompletableFuture.completedFuture(null);
  }
}
