package io.milvus.cdc.internal.engine;

import io.milvus.cdc.Counters;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.HybridTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Records the progress of a task. Thread-safe; outlives connections. */
final class Progress {
  private static final double RATE_SECONDS = 5;
  private static final StartFrom.At NOWHERE = new StartFrom.At(HybridTime.ZERO, Map.of());

  private long watermark;
  private long readTimestamp;
  private long complete;
  private long inserted;
  private long deleted;
  private long bytes;
  private long schemaChanges;
  private long discarded;
  private long filtered;
  private long setAside;
  private long retries;
  private long restamped;
  private long rounds;
  private Duration applying = Duration.ZERO;
  private StartFrom.At stored = NOWHERE;
  private double rate;
  private long rateAt = System.nanoTime();

  synchronized void watermark(long timestamp, long readableAt) {
    watermark = Math.max(watermark, timestamp);
    readTimestamp = Math.max(readTimestamp, readableAt);
  }

  /** Begins anew at zero, because the target must be copied to again. */
  synchronized void restart() {
    watermark = 0;
    complete = 0;
    stored = NOWHERE;
    notifyAll();
  }

  /** Sets the stored checkpoint. */
  synchronized void stored(StartFrom.At checkpoint) {
    stored = checkpoint;
  }

  synchronized StartFrom.At stored() {
    return stored;
  }

  /** Notes that the target has everything that the source had at this time. */
  synchronized void complete(long timestamp) {
    complete = Math.max(complete, timestamp);
    notifyAll();
  }

  synchronized void wake() {
    notifyAll();
  }

  synchronized void applied(List<DataEvent> events, Duration took) {
    rounds++;
    applying = applying.plus(took);
    long rows = 0;
    for (DataEvent event : events) {
      rows += event.header().rows();
      deleted += event instanceof Delete ? event.header().rows() : 0;
      inserted += event instanceof Delete ? 0 : event.header().rows();
      bytes += event.payload().size();
    }
    decay();
    rate += rows / RATE_SECONDS;
  }

  private void decay() {
    long now = System.nanoTime();
    rate *= Math.exp(-(now - rateAt) / 1e9 / RATE_SECONDS);
    rateAt = now;
  }

  synchronized void schemaApplied() {
    schemaChanges++;
  }

  synchronized void discarded(long rows) {
    discarded += rows;
  }

  synchronized void filtered(long rows) {
    filtered += rows;
  }

  synchronized void setAside(long messages) {
    setAside += messages;
  }

  synchronized void restamped(long messages) {
    restamped += messages;
  }

  synchronized void retried() {
    retries++;
  }

  synchronized long watermark() {
    return watermark;
  }

  synchronized long readTimestamp() {
    return readTimestamp;
  }

  synchronized long complete() {
    return complete;
  }

  synchronized Counters counters() {
    decay();
    return Counters.builder()
        .inserted(inserted)
        .deleted(deleted)
        .bytes(bytes)
        .schemaChanges(schemaChanges)
        .discarded(discarded)
        .filtered(filtered)
        .setAside(setAside)
        .retries(retries)
        .restamped(restamped)
        .rounds(rounds)
        .applying(applying)
        .rate(rate)
        .build();
  }

  /** Waits for a change of any kind, at most this long; may return early. */
  @SuppressWarnings("WaitNotInLoop") // The caller checks again and waits again.
  synchronized void await(long millis) throws InterruptedException {
    wait(Math.max(1, millis));
  }
}
