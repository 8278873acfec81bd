package io.milvus.cdc.internal.engine;

import io.milvus.cdc.Retention;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.Retained;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Holds the latest known amount that the source retains for a task. Thread-safe. */
final class TaskRetention {
  private final Progress progress;
  private final TaskReport report;
  private final InstantSource time;
  private volatile @Nullable RetentionView seen;
  private volatile boolean letGo;

  TaskRetention(Progress progress, TaskReport report, InstantSource time) {
    this.progress = progress;
    this.report = report;
    this.time = time;
  }

  /** Notes the amount that the source retains now. */
  RetentionView see(Retained kept, QueueLimits limits) {
    long reached = Math.max(progress.watermark(), progress.complete());
    Instant upTo = reached == 0 ? null : Timestamps.instant(reached);
    RetentionView view = new RetentionView(kept, limits, letGo, upTo);
    seen = view;
    return view;
  }

  /** Returns whether the task may pin again after it has removed its pins. */
  boolean mayPin(RetentionView view) {
    return view.mayPin(time.instant());
  }

  /** Notes that the task's pins were removed, and reports it. */
  void released(RetentionView view) {
    letGo = true;
    report.limited(
        ("The task has removed its subscriptions from the source's queue: channel %s"
                + " holds %d bytes back for it, and the queue's limit is %s. It resumes from its"
                + " checkpoint while the queue's retention holds the messages. Resume the task,"
                + " or remove the cause of its delay.")
            .formatted(view.kept().channel(), view.kept().bytes(), view.limit()));
  }

  /** Notes that the task pins again. */
  void pinned() {
    letGo = false;
  }

  /** Returns the retained amount, or null if it is unknown. */
  @Nullable Retention status() {
    RetentionView view = seen;
    return view == null ? null : view.at(time.instant());
  }
}
