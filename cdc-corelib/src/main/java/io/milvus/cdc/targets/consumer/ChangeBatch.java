package io.milvus.cdc.targets.consumer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Changes that are acknowledged together: rows, all of a timestamp in the same batch, or one change
 * of the catalog, or one {@link Change.Complete}.
 *
 * @param changes in order; of one timestamp deletes come first, as the old halves of upserts
 * @param replay whether some or all of them may have come before
 */
public record ChangeBatch(List<Change> changes, boolean replay) {
  public ChangeBatch {
    changes = List.copyOf(changes);
  }

  /** For a consumer that is done with it when it returns. */
  public CompletionStage<?> acknowledged() {
    return CompletableFuture.completedFuture(null);
  }
}
