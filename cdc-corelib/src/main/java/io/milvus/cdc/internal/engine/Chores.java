package io.milvus.cdc.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs chores one after another, by key. A failed chore is retried after a while. The other chores
 * run meanwhile. For one thread, except {@link #limitations}.
 */
final class Chores<K extends Comparable<K>, W> {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private final InstantSource time;
  private final Consumer<String> report;
  private final Map<K, Chore<W>> due = new TreeMap<>();
  private volatile List<String> limitations = List.of();

  /** The time when a chore last succeeded. */
  private Instant done = Instant.MIN;

  /**
   * Creates an empty list of chores.
   *
   * @param report receives the reason if a chore was not completed, once for each reason
   */
  Chores(InstantSource time, Consumer<String> report) {
    this.time = time;
    this.report = report;
  }

  /**
   * Holds one chore and the result of its last attempt.
   *
   * @param limitation why the chore was not completed, or empty if it was not tried yet
   * @param notBefore when to try again
   */
  private record Chore<W>(W work, String limitation, Instant notBefore, Duration pause) {
    Chore<W> after(String why, Instant now, Instant done) {
      // A target with a rate limit admits another chore meanwhile: the pause must not grow then.
      boolean first = limitation.isEmpty() || done.isAfter(notBefore.minus(pause));
      Duration next = first ? FIRST_RETRY : pause.multipliedBy(2);
      Duration longest = next.compareTo(LONGEST_RETRY) < 0 ? next : LONGEST_RETRY;
      return new Chore<>(work, why, now.plus(longest), longest);
    }
  }

  /** Tries to complete one chore. */
  interface Doer<K, W> {
    /** Returns why the chore is not complete, as a sentence for people, or an empty text. */
    String tryTo(K key, W work) throws InterruptedException;
  }

  /** Returns the pending work, or null. */
  @Nullable W get(K key) {
    Chore<W> chore = due.get(key);
    return chore == null ? null : chore.work();
  }

  /** Adds work that is due now, and replaces earlier work of this key. */
  void put(K key, W work) {
    due.put(key, new Chore<>(work, "", Instant.MIN, FIRST_RETRY));
    noteLimitations();
  }

  void remove(K key) {
    if (due.remove(key) != null) {
      noteLimitations();
    }
  }

  void retainAll(Collection<K> keys) {
    if (due.keySet().retainAll(keys)) {
      noteLimitations();
    }
  }

  /** Returns whether a chore is due now. */
  boolean isDue() {
    Instant now = time.instant();
    return due.values().stream().anyMatch(chore -> !chore.notBefore().isAfter(now));
  }

  /** Tries one chore that is due. Returns false if there is none. */
  boolean step(Doer<K, W> doer) throws InterruptedException {
    Instant now = time.instant();
    for (var chores = due.entrySet().iterator(); chores.hasNext(); ) {
      Map.Entry<K, Chore<W>> next = chores.next();
      Chore<W> chore = next.getValue();
      if (!chore.notBefore().isAfter(now)) {
        String why = doer.tryTo(next.getKey(), chore.work());
        if (why.isEmpty()) {
          chores.remove();
          done = now;
        } else {
          next.setValue(chore.after(why, now, done));
        }
        noteLimitations();
        if (!why.isEmpty() && !Objects.equals(why, chore.limitation())) {
          report.accept(why);
        }
        return true;
      }
    }
    return false;
  }

  private void noteLimitations() {
    limitations =
        due.values().stream().map(Chore::limitation).filter(why -> !why.isEmpty()).toList();
  }

  /** Returns the reasons why tried chores are not complete. From any thread. */
  List<String> limitations() {
    return limitations;
  }
}
