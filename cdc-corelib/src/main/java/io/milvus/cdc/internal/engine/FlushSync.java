package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.targets.Outcome;
import io.milvus.cdc.targets.TargetSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Flushes collections on the target that were flushed on the source, once the target has their
 * rows. Nothing waits for a flush or fails with it. Flushes that are pending when a task ends are
 * lost. For one thread, except {@link #limitations}.
 */
final class FlushSync implements Follower {
  /**
   * The pause before a retry. Milvus 2.4 and later allow one flush of a collection in ten seconds.
   */
  private static final Duration PAUSE = Duration.ofSeconds(11);

  private final TargetSession target;
  private final TaskReport report;
  private final InstantSource time;
  private final Map<Long, Waiting> waiting = new TreeMap<>();
  private volatile List<String> limitations = List.of();

  FlushSync(TargetSession target, TaskReport report, InstantSource time) {
    this.target = target;
    this.report = report;
    this.time = time;
  }

  /** The pending flushes of one collection. */
  private static final class Waiting {
    /** The times of its flushes on the source. The first and the last are enough. */
    final TreeSet<Long> at = new TreeSet<>();

    @Nullable CompletableFuture<Outcome> asked;
    String refusal = "";
    Instant notBefore = Instant.MIN;

    void add(long timestamp) {
      if (at.size() > 1) {
        at.remove(at.last());
      }
      at.add(timestamp);
    }

    boolean isDone() {
      return at.isEmpty() && asked == null;
    }
  }

  @Override
  public void turn(Turn turn) {
    for (Flush flush : turn.flushes()) {
      waiting.computeIfAbsent(flush.collectionId(), id -> new Waiting()).add(flush.timestamp());
    }
    for (Iterator<Map.Entry<Long, Waiting>> all = waiting.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Waiting> one = all.next();
      hear(one.getValue(), turn.watermark());
      ask(one.getValue(), turn.watermark(), turn.catalog().replicated(one.getKey()));
      if (one.getValue().isDone()) {
        all.remove();
      }
    }
    noteLimitations();
  }

  private void hear(Waiting one, long watermark) {
    if (one.asked == null || !one.asked.isDone()) {
      return;
    }
    String why = one.asked.join().limitation();
    one.asked = null;
    if (!why.isEmpty()) {
      one.add(watermark);
      one.notBefore = time.instant().plus(PAUSE);
      if (one.refusal.isEmpty()) {
        report.limited(why);
      }
    }
    one.refusal = why;
  }

  private void ask(Waiting one, long watermark, @Nullable CollectionEntry collection) {
    boolean due = !one.at.isEmpty() && one.at.first() <= watermark;
    if (!due || one.asked != null || time.instant().isBefore(one.notBefore)) {
      return;
    }
    one.at.headSet(watermark, true).clear();
    if (collection != null) {
      one.asked = target.flush(collection);
    }
  }

  private void noteLimitations() {
    List<String> now =
        waiting.values().stream().map(one -> one.refusal).filter(why -> !why.isEmpty()).toList();
    if (!now.equals(limitations)) {
      limitations = now;
    }
  }

  @Override
  public List<String> limitations() {
    return limitations;
  }
}
