package io.milvus.cdc.targets.consumer;

import java.util.concurrent.CompletionStage;

/**
 * Receives the changes of a source in a program's own code.
 *
 * <p>Each task calls it on its own thread, one batch after the other, in order. The next batch is
 * delivered only after the acknowledgement of the one before. Meanwhile the source is read until
 * the engine's memory budget is used.
 *
 * <p><b>At least once.</b> The task's checkpoint passes a batch only after its acknowledgement.
 * After a failure, a crash or an interruption, the last changes are therefore redelivered with the
 * same ids, marked as {@link ChangeBatch#replay}. There are two ways to apply every change once.
 * Make your writes idempotent, for example by writing under a row's key. Or store the timestamp of
 * the last {@link Change.Watermark} together with your writes, and skip all rows at or below it.
 */
@FunctionalInterface
public interface ChangeConsumer {
  /**
   * Accepts a batch.
   *
   * <p>If this throws, or the stage completes exceptionally, the batch is not acknowledged. The
   * task then retries from its checkpoint after growing pauses, or fails, as {@link
   * ConsumerTarget#retryWhen} decides.
   *
   * <p>If a task is paused, closed or deleted, it waits some seconds for its batch and then
   * abandons it: the thread is interrupted, the stage is cancelled if it can be, and a later
   * acknowledgement has no effect. The batch is redelivered when the task resumes. Make sure that
   * the abandoned attempt can no longer take effect by then, or that applying it twice is harmless.
   *
   * @return completes, on any thread, when the batch is done and need not be redelivered; use
   *     {@link ChangeBatch#acknowledged} if it is done already. There is no timeout; add one by
   *     {@link java.util.concurrent.CompletableFuture#orTimeout}
   */
  CompletionStage<?> accept(ChangeBatch batch) throws Exception;
}
