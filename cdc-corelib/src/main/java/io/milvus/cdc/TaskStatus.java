package io.milvus.cdc;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.event.HybridTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Describes the state and progress of a task at the time of the call. Immutable. */
public final class TaskStatus {
  private final Values values;

  private TaskStatus(Values values) {
    this.values = values;
  }

  private record Values(
      String id,
      TaskState state,
      Instant since,
      HybridTime watermark,
      HybridTime readTimestamp,
      @Nullable Duration lag,
      List<ChannelStatus> channels,
      StartFrom.At checkpoint,
      Counters counters,
      @Nullable ExistingStatus existing,
      List<String> limitations,
      @Nullable Retention retention,
      @Nullable Retry retry,
      @Nullable String reason,
      @Nullable Throwable failure) {}

  /**
   * Returns a builder of a status with zeros and empty lists. For tests and stand-ins of the
   * engine.
   */
  public static Builder builder(String id, TaskState state) {
    return new Builder(id, state);
  }

  /** Returns the id of the task. */
  public String id() {
    return values.id();
  }

  /** Returns the state of the task. */
  public TaskState state() {
    return values.state();
  }

  /** Returns when the task entered its state. */
  public Instant since() {
    return values.since();
  }

  /**
   * Returns the source timestamp up to which everything, and nothing later, is on the target. Zero
   * before the first round.
   */
  public HybridTime watermark() {
    return values.watermark();
  }

  /**
   * Returns the guarantee timestamp for reading the target. A read with it sees everything that
   * earlier reads have seen, in every collection.
   */
  public HybridTime readTimestamp() {
    return values.readTimestamp();
  }

  /**
   * Returns the age of the watermark. Zero while there is nothing to replicate; null before the
   * task has reached its target for the first time.
   */
  public @Nullable Duration lag() {
    return values.lag();
  }

  /** Returns one entry for each channel, sorted by name. Empty while the task is not connected. */
  public List<ChannelStatus> channels() {
    return values.channels();
  }

  /**
   * Returns the position from which the task would resume after a crash, or another task could
   * begin. While the task runs, later rows may be on the target already. Once it is paused, no
   * later rows are.
   */
  public StartFrom.At checkpoint() {
    return values.checkpoint();
  }

  /** Returns the counters of the task since it was submitted. */
  public Counters counters() {
    return values.counters();
  }

  /** Returns the progress of the copy of existing rows, or null if the task copies none. */
  @Incubating
  public @Nullable ExistingStatus existing() {
    return values.existing();
  }

  /**
   * Returns the limitations of the target, in sentences for people. Examples are fewer replicas, a
   * rejected index or a user whose password is unknown. The engine retries each of them
   * periodically.
   */
  public List<String> limitations() {
    return values.limitations();
  }

  /**
   * Returns the messages that the source's queue retains for the task, or null if that is unknown.
   */
  public @Nullable Retention retention() {
    return values.retention();
  }

  /** Returns the fault that is being retried, or null. */
  public @Nullable Retry retry() {
    return values.retry();
  }

  /** Returns the reason of a failure, or the steps that are left of a promotion, or null. */
  public @Nullable String reason() {
    return values.reason();
  }

  /** Returns the failure that stopped the task, or null if it has not failed. */
  public @Nullable Throwable failure() {
    return values.failure();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskStatus that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "TaskStatus" + values.toString().substring("Values".length());
  }

  /** Collects the values of a {@link TaskStatus}. For one thread. */
  public static final class Builder {
    private final String id;
    private final TaskState state;
    private Instant since = Instant.EPOCH;
    private HybridTime watermark = HybridTime.ZERO;
    private HybridTime readTimestamp = HybridTime.ZERO;
    private @Nullable Duration lag;
    private List<ChannelStatus> channels = List.of();
    private StartFrom.At checkpoint = new StartFrom.At(HybridTime.ZERO, Map.of());
    private Counters counters = Counters.NONE;
    private @Nullable ExistingStatus existing;
    private List<String> limitations = List.of();
    private @Nullable Retention retention;
    private @Nullable Retry retry;
    private @Nullable String reason;
    private @Nullable Throwable failure;

    private Builder(String id, TaskState state) {
      this.id = id;
      this.state = state;
    }

    /** Sets when the task entered its state. Default: the epoch. */
    public Builder since(Instant since) {
      this.since = Objects.requireNonNull(since, "since");
      return this;
    }

    /** Sets the watermark. Default: zero. */
    public Builder watermark(HybridTime watermark) {
      this.watermark = Objects.requireNonNull(watermark, "watermark");
      return this;
    }

    /** Sets the guarantee timestamp for reading the target. Default: zero. */
    public Builder readTimestamp(HybridTime readTimestamp) {
      this.readTimestamp = Objects.requireNonNull(readTimestamp, "readTimestamp");
      return this;
    }

    /** Sets the age of the watermark. Default: null. */
    public Builder lag(@Nullable Duration lag) {
      this.lag = lag;
      return this;
    }

    /** Sets the channels. Default: none. */
    public Builder channels(List<ChannelStatus> channels) {
      this.channels = List.copyOf(channels);
      return this;
    }

    /** Sets the position to resume from. Default: zero, without positions. */
    public Builder checkpoint(StartFrom.At checkpoint) {
      this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
      return this;
    }

    /** Sets the counters. Default: {@link Counters#NONE}. */
    public Builder counters(Counters counters) {
      this.counters = Objects.requireNonNull(counters, "counters");
      return this;
    }

    /** Sets the progress of the copy of existing rows. Default: null. */
    @Incubating
    public Builder existing(@Nullable ExistingStatus existing) {
      this.existing = existing;
      return this;
    }

    /** Sets the limitations. Default: none. */
    public Builder limitations(List<String> limitations) {
      this.limitations = List.copyOf(limitations);
      return this;
    }

    /** Sets the retained messages. Default: null. */
    public Builder retention(@Nullable Retention retention) {
      this.retention = retention;
      return this;
    }

    /** Sets the fault that is being retried. Default: null. */
    public Builder retry(@Nullable Retry retry) {
      this.retry = retry;
      return this;
    }

    /** Sets the reason of a failure. Default: null. */
    public Builder reason(@Nullable String reason) {
      this.reason = reason;
      return this;
    }

    /** Sets the failure. Default: null. */
    public Builder failure(@Nullable Throwable failure) {
      this.failure = failure;
      return this;
    }

    /** Returns the status. */
    public TaskStatus build() {
      return new TaskStatus(
          new Values(
              id,
              state,
              since,
              watermark,
              readTimestamp,
              lag,
              channels,
              checkpoint,
              counters,
              existing,
              limitations,
              retention,
              retry,
              reason,
              failure));
    }
  }

  /**
   * Describes a fault that is being retried.
   *
   * @param attempt the number of the next attempt, from 1
   * @param next when the task connects again
   * @param cause the message of the fault
   */
  public record Retry(int attempt, Instant next, String cause) {}
}
