package io.milvus.cdc;

import io.milvus.cdc.event.HybridTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a task is doing, computed when it was asked for. Immutable. */
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
      List<String> limitations,
      @Nullable Retention retention,
      @Nullable Retry retry,
      @Nullable String reason,
      @Nullable Throwable failure) {}

  /** Begins a status with zeros and empty lists. For tests and stand-ins of the engine. */
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
   * Returns the source timestamp up to which everything, and nothing later, is on the target; zero
   * before the first round.
   */
  public HybridTime watermark() {
    return values.watermark();
  }

  /**
   * Returns the guarantee timestamp for reading the target: a read with it sees all that any read
   * before has seen, in every collection.
   */
  public HybridTime readTimestamp() {
    return values.readTimestamp();
  }

  /**
   * Returns the age of the watermark; zero while there is nothing to replicate, null before the
   * task has reached its target for the first time.
   */
  public @Nullable Duration lag() {
    return values.lag();
  }

  /** Returns one entry for each channel, sorted by name; empty while the task is not connected. */
  public List<ChannelStatus> channels() {
    return values.channels();
  }

  /**
   * Returns the place from which the task would resume after a crash, and another task could begin.
   * While the task runs, rows beyond it may be on the target already; once it is paused none are.
   */
  public StartFrom.At checkpoint() {
    return values.checkpoint();
  }

  /** Returns what the task has done since it was submitted. */
  public Counters counters() {
    return values.counters();
  }

  /**
   * Returns what the target could not reproduce, in sentences for people: fewer replicas, a
   * rejected index, a user whose password is unknown. The engine retries each of them periodically.
   */
  public List<String> limitations() {
    return values.limitations();
  }

  /** Returns what the source's queue keeps for the task, or null if that is unknown. */
  public @Nullable Retention retention() {
    return values.retention();
  }

  /** Returns the fault that is being retried, or null. */
  public @Nullable Retry retry() {
    return values.retry();
  }

  /** Returns why the task failed, or what is left of its promotion, or null. */
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
    private List<String> limitations = List.of();
    private @Nullable Retention retention;
    private @Nullable Retry retry;
    private @Nullable String reason;
    private @Nullable Throwable failure;

    private Builder(String id, TaskState state) {
      this.id = id;
      this.state = state;
    }

    public Builder since(Instant since) {
      this.since = Objects.requireNonNull(since, "since");
      return this;
    }

    public Builder watermark(HybridTime watermark) {
      this.watermark = Objects.requireNonNull(watermark, "watermark");
      return this;
    }

    public Builder readTimestamp(HybridTime readTimestamp) {
      this.readTimestamp = Objects.requireNonNull(readTimestamp, "readTimestamp");
      return this;
    }

    public Builder lag(@Nullable Duration lag) {
      this.lag = lag;
      return this;
    }

    public Builder channels(List<ChannelStatus> channels) {
      this.channels = List.copyOf(channels);
      return this;
    }

    public Builder checkpoint(StartFrom.At checkpoint) {
      this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
      return this;
    }

    public Builder counters(Counters counters) {
      this.counters = Objects.requireNonNull(counters, "counters");
      return this;
    }

    public Builder limitations(List<String> limitations) {
      this.limitations = List.copyOf(limitations);
      return this;
    }

    public Builder retention(@Nullable Retention retention) {
      this.retention = retention;
      return this;
    }

    public Builder retry(@Nullable Retry retry) {
      this.retry = retry;
      return this;
    }

    public Builder reason(@Nullable String reason) {
      this.reason = reason;
      return this;
    }

    public Builder failure(@Nullable Throwable failure) {
      this.failure = failure;
      return this;
    }

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
              limitations,
              retention,
              retry,
              reason,
              failure));
    }
  }

  /** A fault that is being retried. */
  public record Retry(int attempt, Instant next, String cause) {}
}
