package io.milvus.cdc.internal.order;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Payload;
import java.nio.file.Path;

/**
 * The memory that rows may take, and the disk beyond it. Guarded by its merger, but for {@link
 * #crowded}.
 */
final class Room implements AutoCloseable {
  /** What an event costs besides its payload, roughly. */
  private static final long EVENT_OVERHEAD = 256;

  /** Below this size a payload on disk saves nothing. */
  private static final int SPILL_AT_LEAST = 512;

  private final long budget;
  private final Spill spill;
  private long held;

  /** What was taken and not given back yet. */
  private int underway;

  private volatile boolean crowded;

  Room(long budget, Path spillDirectory) {
    this.budget = budget;
    this.spill = Spill.in(spillDirectory);
  }

  /** Whether more than half is used, or somebody waits. From any thread. */
  boolean crowded() {
    return crowded;
  }

  /** Whether so little is used that it may fill for a while. */
  boolean roomy() {
    return held <= budget / 4;
  }

  boolean empty() {
    return held == 0;
  }

  /**
   * Whether there is place for these.
   *
   * @param awaited whether all wait for their channel, which may use all that there is
   */
  boolean fits(DataEvent rows, boolean awaited) {
    return held == 0 || held + cost(rows) <= (awaited ? budget : budget / 2);
  }

  /** Says that somebody waits. */
  void crowd() {
    crowded = true;
  }

  /**
   * Whether rows may go to disk: nothing is on its way to the target. A target that is slower than
   * the source's queue must not bring a whole backlog there.
   */
  boolean spills() {
    return underway == 0;
  }

  /** The same rows with their payload on disk, where that is worth it. */
  DataEvent spilled(DataEvent rows) {
    Payload payload = rows.payload();
    return payload.size() < SPILL_AT_LEAST ? rows : rows.with(spill.keep(payload.bytes()));
  }

  /** Takes in what is to be held. */
  void hold(DataEvent rows) {
    use(cost(rows));
  }

  /** Lets go of what was never held. */
  void pass(DataEvent rows) {
    spill.release(rows.payload());
    use(0);
  }

  /** Says that something held is on its way to the target. */
  void lend() {
    underway++;
  }

  /** Ends a {@link #lend}: these are on the target. */
  void free(Taken taken) {
    for (DataEvent rows : taken.events()) {
      use(-cost(rows));
      spill.release(rows.payload());
    }
    underway--;
  }

  private void use(long bytes) {
    held += bytes;
    crowded = held > budget / 2;
  }

  private static long cost(DataEvent event) {
    return EVENT_OVERHEAD + (Spill.holds(event.payload()) ? 0 : event.payload().size());
  }

  @Override
  public void close() {
    spill.close();
  }
}
