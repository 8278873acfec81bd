package io.milvus.cdc;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts what a task has done since it was submitted. Immutable. */
public final class Counters {
  /** Counters that are all zero. */
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

  /** Returns a builder that holds zeros. For tests and stand-ins of the engine. */
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

  /**
   * Returns the rows that were discarded because their collection or partition no longer exists or
   * is not selected.
   */
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

  /** Returns the number of reconnections after a fault. */
  public long retries() {
    return values.retries();
  }

  /**
   * Returns the messages that were restamped: the target's channel had passed their own timestamp.
   */
  public long restamped() {
    return values.restamped();
  }

  /** Returns the rounds of rows that were sent. */
  public long rounds() {
    return values.rounds();
  }

  /**
   * Returns the time that these rounds took together. A round begins when its rows are ready and
   * ends when readers of the target see them.
   */
  public Duration applying() {
    return values.applying();
  }

  /** Returns the rows per second, averaged over the last few seconds. */
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

    /** Sets {@link Counters#inserted}. Default: 0, as for all counters. */
    public Builder inserted(long inserted) {
      this.inserted = inserted;
      return this;
    }

    /** Sets {@link Counters#deleted}. */
    public Builder deleted(long deleted) {
      this.deleted = deleted;
      return this;
    }

    /** Sets {@link Counters#bytes}. */
    public Builder bytes(long bytes) {
      this.bytes = bytes;
      return this;
    }

    /** Sets {@link Counters#schemaChanges}. */
    public Builder schemaChanges(long schemaChanges) {
      this.schemaChanges = schemaChanges;
      return this;
    }

    /** Sets {@link Counters#discarded}. */
    public Builder discarded(long discarded) {
      this.discarded = discarded;
      return this;
    }

    /** Sets {@link Counters#filtered}. */
    public Builder filtered(long filtered) {
      this.filtered = filtered;
      return this;
    }

    /** Sets {@link Counters#setAside}. */
    public Builder setAside(long setAside) {
      this.setAside = setAside;
      return this;
    }

    /** Sets {@link Counters#retries}. */
    public Builder retries(long retries) {
      this.retries = retries;
      return this;
    }

    /** Sets {@link Counters#restamped}. */
    public Builder restamped(long restamped) {
      this.restamped = restamped;
      return this;
    }

    /** Sets {@link Counters#rounds}. */
    public Builder rounds(long rounds) {
      this.rounds = rounds;
      return this;
    }

    /** Sets {@link Counters#applying}. */
    public Builder applying(Duration applying) {
      this.applying = Objects.requireNonNull(applying, "applying");
      return this;
    }

    /** Sets {@link Counters#rate}. */
    public Builder rate(double rate) {
      this.rate = rate;
      return this;
    }

    /** Returns the counters. */
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
