package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.queue.ExpiredPosition;
import io.milvus.cdc.internal.queue.Held;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which messages of a topic come next, and accepts no gap that is not proven to be empty.
 * Thread-safe.
 *
 * <p>A broker silently skips messages that it has deleted, or that an administrator had skipped.
 * Within a ledger the numbers show it. Between ledgers the topic is asked again. Ledgers are
 * deleted from the oldest on. So if the last message still exists, every later message exists too.
 */
final class PulsarContinuity {
  /** The decision about a message. */
  enum Verdict {
    HAND_OUT,
    DROP,
    /** Drop the message, and read again from {@link #due}. */
    READ_AGAIN
  }

  /** Reads a topic independently of the reader. */
  interface Held {
    /** Returns the places of the first messages from this place on that still exist. */
    List<PulsarPlace> from(PulsarPlace start, int count);

    /**
     * Returns whether the topic is known to have entries between these two. A broker that may skip
     * unreadable entries ({@code autoSkipNonRecoverableData}) does not return them.
     */
    boolean hasEntriesBetween(PulsarPlace before, PulsarPlace behind);
  }

  private static final Held NO_PROOF =
      new Held() {
        @Override
        public List<PulsarPlace> from(PulsarPlace start, int count) {
          return List.of(start);
        }

        @Override
        public boolean hasEntriesBetween(PulsarPlace before, PulsarPlace behind) {
          return false;
        }
      };

  private final String topic;
  private final Held held;

  /** The first message must be at this place or an earlier place. */
  private final @Nullable PulsarPlace firstAtMost;

  /** The last message that was returned or passed. */
  private @Nullable PulsarPlace last;

  /** The message that must be next, if it is known. */
  private @Nullable PulsarPlace due;

  /** Whether the last message was found to exist after all messages so far. */
  private boolean proven;

  private PulsarContinuity(
      String topic,
      Held held,
      @Nullable PulsarPlace firstAtMost,
      @Nullable PulsarPlace due,
      @Nullable PulsarPlace last) {
    this.topic = topic;
    this.held = held;
    this.firstAtMost = firstAtMost;
    this.due = due;
    this.last = last;
  }

  /** Begins with any message up to this place, or with any message if it is null. */
  static PulsarContinuity anywhere(String topic, Held held, @Nullable PulsarPlace firstAtMost) {
    return new PulsarContinuity(topic, held, firstAtMost, null, null);
  }

  /** Begins with exactly this message, which must still exist. */
  static PulsarContinuity at(String topic, Held held, PulsarPlace due) {
    PulsarContinuity begun = new PulsarContinuity(topic, held, null, due, null);
    begun.requireHeld(due, 1);
    return begun;
  }

  /** Begins with the next message after this message, which must still exist. */
  static PulsarContinuity after(String topic, Held held, PulsarPlace last) {
    PulsarContinuity begun = new PulsarContinuity(topic, held, null, null, last);
    begun.requireHeld(last, 1);
    return begun;
  }

  /** Begins after this message, or anywhere if it is null, and accepts every gap. */
  static PulsarContinuity unchecked(@Nullable PulsarPlace last) {
    return new PulsarContinuity("", NO_PROOF, null, null, last);
  }

  /** Returns the place to read from: the message that is due, or else the last message, or null. */
  synchronized @Nullable PulsarPlace start() {
    return due != null ? due : last;
  }

  /** Notes that another reader has returned this message. */
  synchronized void passed(PulsarPlace place) {
    last = place;
    due = null;
    proven = false;
  }

  /**
   * Decides about the next message.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException if messages before it are lost
   */
  synchronized Verdict judge(PulsarPlace came) {
    if (due != null) {
      return judge(came, due);
    }
    if (last == null) {
      if (firstAtMost != null && came.compareTo(firstAtMost) > 0 && !firstAtMost.names(came)) {
        throw ExpiredPosition.before(topic, firstAtMost.position(), came.position());
      }
      return handOut(came);
    }
    if (came.compareTo(last) <= 0) {
      return repeated(came, last);
    }
    return last.isJustBefore(came) ? handOut(came) : judgeGap(last, came);
  }

  private Verdict judge(PulsarPlace came, PulsarPlace expected) {
    if (expected.names(came)) {
      return handOut(came);
    }
    if (came.sameEntry(expected)) {
      return Verdict.DROP;
    }
    requireHeld(expected, 1);
    return Verdict.READ_AGAIN;
  }

  private Verdict handOut(PulsarPlace came) {
    passed(came);
    return Verdict.HAND_OUT;
  }

  /**
   * Drops a message that is not after the last message. It is expected only after a reconnection.
   * Else it belongs to another topic.
   */
  private Verdict repeated(PulsarPlace came, PulsarPlace latest) {
    if (!came.sameEntry(latest) && !proven) {
      requireHeld(latest, 1);
      proven = true;
    }
    return Verdict.DROP;
  }

  private Verdict judgeGap(PulsarPlace latest, PulsarPlace came) {
    if (held == NO_PROOF) {
      return handOut(came);
    }
    List<PulsarPlace> there = requireHeld(latest, 2);
    if (there.size() < 2) {
      throw new RetriableException(
          "Topic %s has no message after %s, although %s was read.".formatted(topic, latest, came),
          "");
    }
    PulsarPlace next = there.get(1);
    if (!next.names(came)) {
      due = next;
      return Verdict.READ_AGAIN;
    }
    boolean hole = came.ledger() == latest.ledger() && came.entry() > latest.entry() + 1;
    if (hole || held.hasEntriesBetween(latest, came)) {
      throw ExpiredPosition.between(topic, latest.position(), came.position());
    }
    return handOut(came);
  }

  private List<PulsarPlace> requireHeld(PulsarPlace needed, int count) {
    List<PulsarPlace> there = held.from(needed, count);
    if (there.isEmpty() || there.get(0).compareTo(needed) < 0) {
      throw ExpiredPosition.behind(topic, needed.position());
    }
    if (!needed.names(there.get(0))) {
      throw ExpiredPosition.before(topic, needed.position(), there.get(0).position());
    }
    return there;
  }
}
