package io.milvus.cdc.examples.failover;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.PromotionPendingException;
import io.milvus.cdc.error.RetriableException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Lets the target of a task take over when the source is lost, and later makes it a standby again.
 * If several tasks have this target, each of them needs a failover of its own.
 *
 * @param operator receives the steps that only a person can do on the target
 * @param pause the time between two attempts
 */
public record Failover(CdcTask task, Duration pause, Consumer<String> operator) {
  /**
   * Stops replication, and waits until the target accepts client writes. The source may be down.
   * Lead the clients to the target after this call.
   *
   * @return the time up to which the target has everything of the source
   */
  public Promotion toTarget() throws InterruptedException {
    while (true) {
      try {
        return task.promote();
      } catch (PromotionPendingException e) {
        e.promotion().toDo().forEach(operator);
      } catch (RetriableException e) {
        operator.accept(e.getMessage());
      }
      Thread.sleep(pause.toMillis());
    }
  }

  /**
   * Makes the target a standby again, and waits until it has caught up. Stop the clients of the
   * target before this call. Rows that they wrote must be removed, because the source does not have
   * them.
   *
   * @throws TimeoutException if the target has not caught up by then; the task is still running
   */
  public void toSource(Duration atMost) throws InterruptedException, TimeoutException {
    task.demote();
    task.resume();
    task.awaitCaughtUp(atMost);
  }
}
