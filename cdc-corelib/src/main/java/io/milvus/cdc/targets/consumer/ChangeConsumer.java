package io.milvus.cdc.targets.consumer;

import java.util.concurrent.CompletionStage;

/**
 * A program's own code, which takes the changes of a source.
 *
 * <p>Each task calls it on its own thread, one batch after the other, in order: the next batch
 * comes only when the one before is acknowledged. Meanwhile the source is read on until the
 * engine's memory budget is used, and no further.
 *
 * <p><b>At least once.</b> The task's checkpoint passes a batch only after its acknowledgement. So
 * after a failure, a crash or a stop in the middle, the last changes come again, marked as {@link
 * ChangeBatch#replay}; their ids are the same. Two ways to have every change once: make what you do
 * idempotent, as by writing under a row's key; or keep the timestamp of the last {@link
 * Change.Complete} together with what you write, and pass over all rows at or below it.
 */
@FunctionalInterface
public interface ChangeConsumer {
  /**
   * Takes a batch.
   *
   * <p>Where this throws, or the stage ends exceptionally, the batch is not acknowledged: the task
   * tries again from its checkpoint, after growing pauses, or fails, whichever {@link
   * ConsumerTarget#retryWhen} says.
   *
   * <p>A task that is paused, closed or deleted waits for some seconds for its batch and then gives
   * it up: the thread is interrupted, a stage that can be is cancelled, and a later acknowledgement
   * changes nothing. The batch comes again when the task goes on; see to it that by then the given
   * up one has no effect any more, or that it does not matter.
   *
   * @return completes, on any thread, when the batch is done and need not come again; {@link
   *     ChangeBatch#acknowledged} where it is already. There is no timeout; add one of your own by
   *     {@link java.util.concurrent.CompletableFuture#orTimeout}
   */
  CompletionStage<?> accept(ChangeBatch batch) throws Exception;
}
