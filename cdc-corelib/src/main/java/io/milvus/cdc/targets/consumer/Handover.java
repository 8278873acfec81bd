package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** Delivers a batch, and waits until it is acknowledged. */
record Handover(ChangeConsumer consumer, Predicate<? super Throwable> passing) {
  void give(List<Change> changes, boolean replay) throws InterruptedException {
    CompletableFuture<?> acknowledgement = start(new ChangeBatch(changes, replay));
    try {
      acknowledgement.get();
    } catch (InterruptedException e) {
      acknowledgement.cancel(true);
      throw e;
    } catch (CancellationException e) {
      throw refusal(changes.get(0), e);
    } catch (ExecutionException e) {
      throw refusal(changes.get(0), e.getCause() == null ? e : e.getCause());
    }
  }

  private CompletableFuture<?> start(ChangeBatch batch) throws InterruptedException {
    CompletionStage<?> stage;
    try {
      stage = consumer.accept(batch);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw refusal(batch.changes().get(0), e);
    }
    if (stage == null) {
      throw new TargetException(
          "The consumer returned null.", "Return batch.acknowledged() if the batch is done.");
    }
    return stage.toCompletableFuture();
  }

  private CdcException refusal(Change first, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String why = String.valueOf(cause);
    String what =
        "The consumer failed at the batch of change %s: %s%s"
            .formatted(first.id(), why, why.endsWith(".") ? "" : ".");
    return passing.test(cause)
        ? new RetriableException(what, "", cause)
        : new TargetException(
            what + " The task stops so that nothing is lost.",
            "Correct the cause and resume. If the failure is temporary, declare that in"
                + " ConsumerTarget.retryWhen.",
            cause);
  }
}
