package io.milvus.cdc;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.event.HybridTime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes how far a task has copied the rows that its source had stored. Immutable. See {@link
 * StartFrom.Existing}.
 */
@Incubating
public final class ExistingStatus {
  private final Values values;

  private ExistingStatus(Values values) {
    this.values = values;
  }

  private record Values(
      Phase phase,
      HybridTime cut,
      long rows,
      long bytes,
      long rowsLeft,
      long bytesLeft,
      @Nullable Duration timeLeft,
      Map<String, HybridTime> waitingFor) {}

  /** Names the steps of a copy, in their order. */
  public enum Phase {
    /**
     * The source has not stored all rows at or below the cut yet. If collections are copied again,
     * the task may not have reached the cut yet.
     */
    WAITING,
    /**
     * The databases, collections and partitions of the cut are created on the target. Collections
     * that are copied again are dropped first.
     */
    CREATING,
    /** Rows are sent to the target. */
    COPYING,
    /** All rows at or below the cut are on the target. */
    DONE
  }

  /** Returns a builder of a status with zeros. For tests and stand-ins of the engine. */
  public static Builder builder(Phase phase, HybridTime cut) {
    return new Builder(phase, cut);
  }

  /** Returns the present step. */
  public Phase phase() {
    return values.phase();
  }

  /**
   * Returns the source timestamp up to which rows are copied from the storage; 0 until it is
   * chosen. Later rows are read from the source's channels.
   */
  public HybridTime cut() {
    return values.cut();
  }

  /** Returns the number of rows that were sent since the task was submitted. */
  public long rows() {
    return values.rows();
  }

  /** Returns the bytes of these rows. */
  public long bytes() {
    return values.bytes();
  }

  /** Returns an estimate of the rows that are left, including deleted ones. */
  public long rowsLeft() {
    return values.rowsLeft();
  }

  /** Returns an estimate of the bytes in the source's storage that are left to read. */
  public long bytesLeft() {
    return values.bytesLeft();
  }

  /** Returns an estimate of the time that the rest takes, or null if none can be made yet. */
  public @Nullable Duration timeLeft() {
    return values.timeLeft();
  }

  /**
   * Returns the virtual channels that the copy waits for, each with the source timestamp up to
   * which it is stored. Empty unless the phase is {@link Phase#WAITING}.
   */
  public Map<String, HybridTime> waitingFor() {
    return values.waitingFor();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExistingStatus that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "ExistingStatus" + values.toString().substring("Values".length());
  }

  /** Collects the values of an {@link ExistingStatus}. For one thread. */
  public static final class Builder {
    private final Phase phase;
    private final HybridTime cut;
    private long rows;
    private long bytes;
    private long rowsLeft;
    private long bytesLeft;
    private @Nullable Duration timeLeft;
    private Map<String, HybridTime> waitingFor = Map.of();

    private Builder(Phase phase, HybridTime cut) {
      this.phase = Objects.requireNonNull(phase, "phase");
      this.cut = Objects.requireNonNull(cut, "cut");
    }

    /** Sets the rows that were sent, and their bytes. Default: 0. */
    public Builder sent(long rows, long bytes) {
      this.rows = rows;
      this.bytes = bytes;
      return this;
    }

    /** Sets the rows that are left, and their bytes in the storage. Default: 0. */
    public Builder left(long rows, long bytes) {
      this.rowsLeft = rows;
      this.bytesLeft = bytes;
      return this;
    }

    /** Sets the time that the rest takes. Default: null. */
    public Builder timeLeft(@Nullable Duration timeLeft) {
      this.timeLeft = timeLeft;
      return this;
    }

    /** Sets the virtual channels that the copy waits for. Default: none. */
    public Builder waitingFor(Map<String, HybridTime> waitingFor) {
      this.waitingFor = Map.copyOf(waitingFor);
      return this;
    }

    /** Returns the status. */
    public ExistingStatus build() {
      return new ExistingStatus(
          new Values(phase, cut, rows, bytes, rowsLeft, bytesLeft, timeLeft, waitingFor));
    }
  }
}
