package io.milvus.cdc.internal.engine;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.Retained;
import io.milvus.cdc.sources.SourceRetention;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks periodically how much the source retains for tasks, even if they are paused or failed.
 * Removes a pin before a limit of the queue stops the source.
 */
final class RetentionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration SHORT_PERIOD = Duration.ofSeconds(1);

  private final SourceRetention source;
  private final Supplier<Collection<RunningTask>> tasks;
  private final ThreadFactory factory;
  private @Nullable Thread thread;

  RetentionWatch(EngineSettings settings, Supplier<Collection<RunningTask>> tasks) {
    this.source = settings.source().retention();
    this.factory = settings.threads();
    this.tasks = tasks;
  }

  synchronized void start() {
    if (source != SourceRetention.UNKNOWN) {
      Thread fresh = factory.newThread(this::watch);
      fresh.setName("cdc-retention");
      fresh.start();
      thread = fresh;
    }
  }

  private void watch() {
    try (source) {
      while (!Thread.currentThread().isInterrupted()) {
        boolean filling = look();
        Thread.sleep((filling ? SHORT_PERIOD : PERIOD).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether some backlog must be checked again soon. */
  private boolean look() {
    List<RunningTask> present = tasks.get().stream().filter(RunningTask::exists).toList();
    if (present.isEmpty()) {
      return false;
    }
    boolean filling = false;
    try {
      Map<String, Retained> kept = source.retained(present.stream().map(RunningTask::id).toList());
      for (RunningTask task : present) {
        filling |= look(task, kept.get(task.id()));
      }
    } catch (CdcException e) {
      LOG.debug("The messages that the source retains are not known now", e);
    }
    return filling;
  }

  private boolean look(RunningTask task, @Nullable Retained kept) {
    QueueLimits limits = kept == null ? null : kept.limits();
    if (kept == null || limits == null) {
      return false;
    }
    TaskRetention retention = task.retention();
    RetentionView view = retention.see(kept, limits);
    if (view.mustLetGo()) {
      source.unpin(task.id());
      retention.released(view);
    } else if (kept.pinned() && task.hasExpired()) {
      // The pinned messages are of no use to it any more.
      source.unpin(task.id());
    } else if (retention.mayPin(view) && source.pin(task.id())) {
      retention.pinned();
    }
    return view.isFilling();
  }

  /** Ends the watch, without waiting for a pending answer. */
  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
