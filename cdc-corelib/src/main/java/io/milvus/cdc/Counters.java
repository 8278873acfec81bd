package io.milvus.cdc;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts what a task has done since it was submitted. Immutable. */
public final class Counters {
  /** Zeros. */
  public static final Counters NONE = builder().build();

  private final Values values;

  private Counters(Values values) {
    this.values = values;
  }

  private record Values(
      long inserted,
      long deleted,
      long bytes,
      long schemaChanges,
      long discarded,
      long filtered,
      long setAside,
      long retries,
      long restamped,
      long rounds,
      Duration applying,
      double rate) {}

  /** Begins with zeros. For tests and stand-ins of the engine. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the rows that were inserted. */
  public long inserted() {
    return values.inserted();
  }

  /** Returns the keys that were deleted. */
  public long deleted() {
    return values.deleted();
  }

  /** Returns the bytes of the messages that were sent. */
  public long bytes() {
    return values.bytes();
  }

  /** Returns the changes of the catalog that were applied. */
  public long schemaChanges() {
    return values.schemaChanges();
  }

  /** Returns the rows of collections and partitions that no longer exist or are not selected. */
  public long discarded() {
    return values.discarded();
  }

  /** Returns the rows and keys that the task's transform dropped. */
  public long filtered() {
    return values.filtered();
  }

  /** Returns the messages that could not be handled and were stored as dead letters. */
  public long setAside() {
    return values.setAside();
  }

  /** Returns how often the task connected again after a fault. */
  public long retries() {
    return values.retries();
  }

  /**
   * Returns the messages that got a later timestamp than their own, because the target had seen
   * that one already.
   */
  public long restamped() {
    return values.restamped();
  }

  /** Returns the rounds of rows that were sent. */
  public long rounds() {
    return values.rounds();
  }

  /** Returns how long these rounds took together, from being ready until readers could see them. */
  public Duration applying() {
    return values.applying();
  }

  /** Returns the rows a second, over the last few seconds. */
  public double rate() {
    return values.rate();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Counters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Counters" + values.toString().substring("Values".length());
  }

  /** Collects the values of a {@link Counters}. For one thread. */
  public static final class Builder {
    private long inserted = 0;
    private long deleted = 0;
    private long bytes = 0;
    private long schemaChanges = 0;
    private long discarded = 0;
    private long filtered = 0;
    private long setAside = 0;
    private long retries = 0;
    private long restamped = 0;
    private long rounds = 0;
    private Duration applying = Duration.ZERO;
    private double rate = 0;

    private Builder() {}

    public Builder inserted(long inserted) {
      this.inserted = inserted;
      return this;
    }

    public Builder deleted(long deleted) {
      this.deleted = deleted;
      return this;
    }

    public Builder bytes(long bytes) {
      this.bytes = bytes;
      return this;
    }

    public Builder schemaChanges(long schemaChanges) {
      this.schemaChanges = schemaChanges;
      return this;
    }

    public Builder discarded(long discarded) {
      this.discarded = discarded;
      return this;
    }

    public Builder filtered(long filtered) {
      this.filtered = filtered;
      return this;
    }

    public Builder setAside(long setAside) {
      this.setAside = setAside;
      return this;
    }

    public Builder retries(long retries) {
      this.retries = retries;
      return this;
    }

    public Builder restamped(long restamped) {
      this.restamped = restamped;
      return this;
    }

    public Builder rounds(long rounds) {
      this.rounds = rounds;
      return this;
    }

    public Builder applying(Duration applying) {
      this.applying = Objects.requireNonNull(applying, "applying");
      return this;
    }

    public Builder rate(double rate) {
      this.rate = rate;
      return this;
    }

    public Counters build() {
      return new Counters(
          new Values(
              inserted,
              deleted,
              bytes,
              schemaChanges,
              discarded,
              filtered,
              setAside,
              retries,
              restamped,
              rounds,
              applying,
              rate));
    }
  }
}
