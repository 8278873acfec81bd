package io.milvus.cdc.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.Counters;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.Retention;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one task in one registry. */
final class TaskMeters {
  private static final String PREFIX = "milvus.cdc.";
  private static final double MILLIS = 1000;

  private final CdcEngine engine;
  private final String task;
  private final InstantSource time;
  private final List<Meter> meters = new ArrayList<>();
  private @Nullable MeterRegistry registry;

  private long watermark = -1;
  private long movedAt;

  TaskMeters(CdcEngine engine, String task, InstantSource time) {
    this.engine = engine;
    this.task = task;
    this.time = time;
    this.movedAt = time.millis();
  }

  TaskMeters bindTo(MeterRegistry into) {
    registry = into;
    gauge(
        "lag",
        "seconds",
        "The age of the data that the target shows; NaN before it shows any",
        this::lag);
    gauge(
        "progress.age",
        "seconds",
        "How long the watermark has stood still while there is something to replicate",
        this::progressAge);
    gauge(
        "checkpoint.age",
        "seconds",
        "How far back the task would resume after a crash",
        this::checkpointAge);
    gauge("queue", "bytes", "Read, and not on the target yet", TaskMeters::queuedBytes);
    gauge("queue.messages", null, "Read, and not on the target yet", TaskMeters::queuedMessages);
    gauge(
        "limitations",
        null,
        "Differences from the source that the target requires",
        status -> status.limitations().size());
    gauge(
        "source.backlog",
        "bytes",
        "The backlog that the source's queue retains for the task on the channel that"
            + " is nearest to a limit",
        status -> of(status, kept -> kept.bytes()));
    gauge(
        "source.backlog.limit",
        "bytes",
        "The backlog at which the source's queue stops the source or drops messages",
        status -> of(status, kept -> kept.limitBytes() < 0 ? Double.NaN : kept.limitBytes()));
    gauge(
        "source.expiry",
        "seconds",
        "How long the source's queue still retains the message that the task needs next",
        status -> of(status, this::untilExpiry));
    gauge(
        "existing.rows.left",
        null,
        "The existing rows that are left to copy; NaN if the task copies none",
        status -> ofCopy(status, copy -> copy.rowsLeft()));
    gauge(
        "existing.left",
        "bytes",
        "The bytes in the source's storage that are left to copy; NaN if the task copies none",
        status -> ofCopy(status, copy -> copy.bytesLeft()));
    gauge(
        "task.state",
        null,
        "0 starting, 1 running or retrying, 2 paused, failed, promoting or promoted",
        status -> number(status.state()));
    for (TaskState state : TaskState.values()) {
      if (!state.next().isEmpty()) {
        gauge(
            "state",
            null,
            "1 for the state that the task is in",
            status -> status.state() == state ? 1 : 0,
            "state",
            state.name());
      }
    }
    counter("rows", null, "On the target", of(c -> c.inserted()), "op", "insert");
    counter("rows", null, "On the target", of(c -> c.deleted()), "op", "delete");
    counter("sent", "bytes", "Messages sent to the target", of(c -> c.bytes()));
    counter("schema.changes", null, "Applied to the target", of(c -> c.schemaChanges()));
    counter("discarded.rows", null, "Of dropped or unselected data", of(c -> c.discarded()));
    counter("filtered.rows", null, "Left out by the task's transform", of(c -> c.filtered()));
    counter("set.aside", null, "Messages stored elsewhere, as dead letters", of(c -> c.setAside()));
    counter("retries", null, "Connections opened again after a fault", of(c -> c.retries()));
    counter(
        "restamps",
        null,
        "Messages sent with a later timestamp than their own, because the target had seen that",
        of(c -> c.restamped()));
    meters.add(
        FunctionTimer.builder(
                PREFIX + "apply",
                this,
                meter -> (long) meter.read(of(c -> c.rounds()), 0),
                meter -> meter.read(of(c -> c.applying().toNanos()), 0),
                TimeUnit.NANOSECONDS)
            .description("Rounds of rows, from being ready until readers of the target see them")
            .tag("task_id", task)
            .register(registry()));
    return this;
  }

  private static ToDoubleFunction<TaskStatus> of(ToDoubleFunction<Counters> counter) {
    return status -> counter.applyAsDouble(status.counters());
  }

  private void gauge(
      String name,
      @Nullable String unit,
      String what,
      ToDoubleFunction<TaskStatus> value,
      String... tags) {
    meters.add(
        Gauge.builder(PREFIX + name, this, meter -> meter.read(value, Double.NaN))
            .baseUnit(unit)
            .description(what)
            .tags(Tags.of("task_id", task).and(tags))
            .strongReference(true)
            .register(registry()));
  }

  private void counter(
      String name,
      @Nullable String unit,
      String what,
      ToDoubleFunction<TaskStatus> value,
      String... tags) {
    meters.add(
        FunctionCounter.builder(PREFIX + name, this, meter -> meter.read(value, 0))
            .baseUnit(unit)
            .description(what)
            .tags(Tags.of("task_id", task).and(tags))
            .register(registry()));
  }

  private MeterRegistry registry() {
    MeterRegistry bound = registry;
    if (bound == null) {
      throw new IllegalStateException("Not bound yet");
    }
    return bound;
  }

  private double read(ToDoubleFunction<TaskStatus> value, double otherwise) {
    Optional<CdcTask> known = engine.task(task);
    return known.isPresent() ? value.applyAsDouble(known.get().status()) : otherwise;
  }

  private double lag(TaskStatus status) {
    Duration lag = status.lag();
    return lag == null ? Double.NaN : lag.toMillis() / MILLIS;
  }

  /** Measured at each scrape, because nothing else calls this. */
  private synchronized double progressAge(TaskStatus status) {
    long now = time.millis();
    if (status.watermark().value() != watermark || Duration.ZERO.equals(status.lag())) {
      watermark = status.watermark().value();
      movedAt = now;
    }
    return (now - movedAt) / MILLIS;
  }

  private double checkpointAge(TaskStatus status) {
    long stored = status.checkpoint().watermark().value();
    return stored == 0
        ? Double.NaN
        : Math.max(0, time.millis() - Timestamps.millis(stored)) / MILLIS;
  }

  private static double queuedBytes(TaskStatus status) {
    return status.channels().stream().mapToLong(ChannelStatus::bufferedBytes).sum();
  }

  private static double queuedMessages(TaskStatus status) {
    return status.channels().stream().mapToLong(ChannelStatus::bufferedMessages).sum();
  }

  private static double of(TaskStatus status, ToDoubleFunction<Retention> value) {
    Retention kept = status.retention();
    return kept == null ? Double.NaN : value.applyAsDouble(kept);
  }

  private static double ofCopy(TaskStatus status, ToDoubleFunction<ExistingStatus> value) {
    ExistingStatus copy = status.existing();
    return copy == null ? Double.NaN : value.applyAsDouble(copy);
  }

  private double untilExpiry(Retention kept) {
    Instant expires = kept.expiresAt();
    return expires == null ? Double.NaN : (expires.toEpochMilli() - time.millis()) / MILLIS;
  }

  /** Returns the value of the Go server's metric of this name. */
  private static int number(TaskState state) {
    return switch (state) {
      case STARTING -> 0;
      case RUNNING, RETRYING -> 1;
      case PAUSED, FAILED, PROMOTING, PROMOTED, CLOSED -> 2;
      case DELETED -> -1;
    };
  }

  void remove() {
    meters.forEach(meter -> registry().remove(meter));
    meters.clear();
  }
}
