package io.milvus.cdc.internal.engine;

import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.sources.ExistingRows.Amount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports events to a task's progress and to its engine's listeners. */
final class TaskReport implements Milestones {
  private static final Logger LOG = LoggerFactory.getLogger(TaskReport.class);

  private final String task;
  private final Progress progress;
  private final CopyProgress copy;
  private final Listeners listeners;
  private final Expectations expectations;

  TaskReport(
      String task,
      Progress progress,
      CopyProgress copy,
      Listeners listeners,
      Expectations expectations) {
    this.task = task;
    this.progress = progress;
    this.copy = copy;
    this.listeners = listeners;
    this.expectations = expectations;
  }

  @Override
  public void reached(long watermark, long readableAt) {
    progress.watermark(watermark, readableAt);
  }

  void complete(long timestamp) {
    progress.complete(timestamp);
    expectations.look();
  }

  void discarded(long rows) {
    progress.discarded(rows);
  }

  void filtered(long rows) {
    progress.filtered(rows);
  }

  void setAside(List<DeadLetter> letters) {
    progress.setAside(letters.size());
    for (DeadLetter letter : letters) {
      LOG.warn(
          "task={} channel={} position={} set aside ({}): {}",
          task,
          letter.channel(),
          letter.position(),
          letter.reason(),
          letter.why());
      listeners.tell(listener -> listener.deadLettered(task, letter));
    }
  }

  void restamped(long messages) {
    progress.restamped(messages);
  }

  /**
   * Reports that rows are on the target.
   *
   * @param took the time from being ready until readers can see them
   */
  void applied(List<DataEvent> events, long watermark, Duration took) {
    if (events.isEmpty()) {
      return;
    }
    progress.applied(events, took);
    long deleted = 0;
    long all = 0;
    for (DataEvent event : events) {
      RowsHeader rows = event.header();
      all += rows.rows();
      deleted += event instanceof Delete ? rows.rows() : 0;
    }
    long inserted = all - deleted;
    long gone = deleted;
    listeners.tell(
        listener -> listener.rowsApplied(task, inserted, gone, new HybridTime(watermark)));
  }

  /** Reports that the copy of existing rows enters a phase. */
  void copying(ExistingStatus.Phase phase, long cut) {
    ExistingStatus status = copy.enter(phase, cut);
    if (status != null) {
      LOG.info("task={} existing rows: {}", task, status);
      listeners.tell(listener -> listener.existingRowsReached(task, status));
    }
  }

  /** Reports that the target has dropped collections, so that their copy begins at zero. */
  void restarted() {
    progress.restart();
  }

  /** Reports the virtual channels that are not stored up to the cut. */
  void copyWaitsFor(Map<String, Long> behind) {
    copy.waitingFor(behind);
  }

  /** Reports the amount that is left to copy. */
  void copyBegins(Amount all) {
    copy.begin(all);
  }

  /** Reports that existing rows are on the target. */
  void copied(RowDelivery.Delivered delivered, Amount left) {
    long rows = 0;
    long bytes = 0;
    for (DataEvent event : delivered.events()) {
      rows += event.header().rows();
      bytes += event.payload().size();
    }
    copy.sent(rows, bytes, left);
    applied(delivered.events(), 0, Duration.ofNanos(System.nanoTime() - delivered.readySince()));
  }

  void schemaApplied(SchemaEvent event, long watermark, long readableAt) {
    progress.schemaApplied();
    progress.watermark(watermark, readableAt);
    listeners.tell(listener -> listener.schemaApplied(task, event));
  }

  void served(String database, String collection, Serving serving) {
    listeners.tell(listener -> listener.indexesSynced(task, database, collection, serving));
  }

  void accessApplied(AccessName name) {
    listeners.tell(listener -> listener.accessApplied(task, name));
  }

  void limited(String why) {
    LOG.warn("task={} {}", task, why);
    listeners.tell(listener -> listener.limitationReported(task, why));
  }

  @Override
  public void checkpointed(long watermark, Map<String, Position> positions) {
    progress.stored(new StartFrom.At(new HybridTime(watermark), positions));
    listeners.tell(listener -> listener.checkpointed(task, new HybridTime(watermark)));
  }

  void stateChanged(TaskState from, TaskState to, @Nullable Throwable cause) {
    progress.wake();
    expectations.look();
    listeners.tell(listener -> listener.stateChanged(task, from, to, cause));
  }
}
