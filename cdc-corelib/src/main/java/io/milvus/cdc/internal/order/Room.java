package io.milvus.cdc.internal.order;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.spill.Spill;
import java.nio.file.Path;

/**
 * Limits the memory for rows, and moves further rows to disk. Guarded by its merger, except {@link
 * #crowded}.
 */
final class Room implements AutoCloseable {
  /** The approximate cost of an event besides its payload. */
  private static final long EVENT_OVERHEAD = 256;

  /** Below this size a payload on disk saves nothing. */
  private static final int SPILL_AT_LEAST = 512;

  private final long budget;
  private final Spill spill;
  private long held;

  /** The number of batches that were consumed and not released yet. */
  private int underway;

  private volatile boolean crowded;

  Room(long budget, Path spillDirectory) {
    this.budget = budget;
    this.spill = Spill.in(spillDirectory);
  }

  /** Returns whether more than half is used, or a reader waits. From any thread. */
  boolean crowded() {
    return crowded;
  }

  /** Returns whether so little is used that the memory may fill for a while. */
  boolean roomy() {
    return held <= budget / 4;
  }

  boolean empty() {
    return held == 0;
  }

  /**
   * Returns whether there is room for these rows.
   *
   * @param awaited whether all channels wait for theirs, which may then use the whole budget
   */
  boolean fits(DataEvent rows, boolean awaited) {
    return held == 0 || held + cost(rows) <= (awaited ? budget : budget / 2);
  }

  /** Notes that a reader waits. */
  void crowd() {
    crowded = true;
  }

  /**
   * Returns whether rows may go to disk, which requires that nothing is on its way to the target. A
   * target that is slower than the source's queue must not move a whole backlog to disk.
   */
  boolean spills() {
    return underway == 0;
  }

  /** Returns the same rows with their payload on disk, if the payload is large enough. */
  DataEvent spilled(DataEvent rows) {
    Payload payload = rows.payload();
    return payload.size() < SPILL_AT_LEAST ? rows : rows.with(spill.keep(payload.bytes()));
  }

  /** Counts rows that the buffer now holds. */
  void hold(DataEvent rows) {
    use(cost(rows));
  }

  /** Releases rows that were never held. */
  void pass(DataEvent rows) {
    spill.release(rows.payload());
    use(0);
  }

  /** Notes that held rows are on their way to the target. */
  void lend() {
    underway++;
  }

  /** Ends a {@link #lend}: the target has these rows. */
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
