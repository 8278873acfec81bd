package io.milvus.cdc.internal.wal;

import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the messages of each transaction of one channel. For one thread.
 *
 * <p>A transaction has a beginning, parts in any order, and an end. All its parts count at the tick
 * of the message that commits it (Milvus 2.6.20, pkg/proto/messages.proto, TxnMessageBody). Then
 * deletes come first, because a delete does not affect a row of its own tick. All parts of an open
 * transaction are in memory.
 */
public final class Transactions {
  private final boolean complete;
  private final Map<Long, Open> open = new LinkedHashMap<>();

  private static final class Open {
    final WalEnvelope begin;
    final List<WalEvent> parts = new ArrayList<>();
    long last;

    Open(WalEnvelope begin) {
      this.begin = begin;
      this.last = begin.tick();
    }
  }

  private Transactions(boolean complete) {
    this.complete = complete;
  }

  /**
   * Returns an empty instance for messages that a server sends. It sends transactions only whole,
   * and nothing in between, so anything else is an error (Milvus 2.6.20, internal/proxy/impl.go
   * DumpMessages).
   */
  public static Transactions ofServer() {
    return new Transactions(true);
  }

  /**
   * Returns an empty instance for the messages of a topic. Several transactions can be open, and
   * some never end. The parts of a transaction whose beginning was not read are left out.
   */
  public static Transactions ofTopic() {
    return new Transactions(false);
  }

  /** Returns the number of transactions that have begun and not ended. */
  public int open() {
    return open.size();
  }

  /**
   * Accepts the next message. Returns the events that are complete with it, in their order: none
   * while a transaction is open, all of its parts when it is committed. Boundaries are not
   * returned.
   */
  public List<WalEvent> accept(WalEvent event) {
    if (event instanceof WalEvent.Boundary boundary) {
      return at(boundary);
    }
    WalEnvelope envelope = event.envelope();
    if (envelope != null && envelope.transaction() != null) {
      return part(event, envelope, envelope.transaction());
    }
    if (event instanceof WalEvent.Tick tick) {
      open.values().removeIf(one -> expired(one, tick.envelope().tick()));
    }
    List<WalEvent> events = interrupted("the next message");
    events.add(event);
    return events;
  }

  private static boolean expired(Open one, long now) {
    TransactionPart transaction = one.begin.transaction();
    return transaction != null && transaction.expired(one.last, now);
  }

  private List<WalEvent> at(WalEvent.Boundary boundary) {
    WalEnvelope envelope = boundary.envelope();
    TransactionPart transaction = envelope.transaction();
    if (transaction == null) {
      return List.of(lost(envelope, "it names no transaction"));
    }
    return switch (boundary.kind()) {
      case BEGIN -> {
        List<WalEvent> events = interrupted("the next one begins");
        open.put(transaction.id(), new Open(envelope));
        yield events;
      }
      case ROLLBACK -> {
        open.remove(transaction.id());
        yield List.of();
      }
      case COMMIT -> {
        Open ended = open.remove(transaction.id());
        yield ended == null ? outside(envelope) : committed(ended, envelope);
      }
    };
  }

  private List<WalEvent> part(WalEvent event, WalEnvelope envelope, TransactionPart transaction) {
    Open one = open.get(transaction.id());
    if (one == null) {
      return outside(envelope);
    }
    one.parts.add(event);
    one.last = Math.max(one.last, envelope.tick());
    return List.of();
  }

  private List<WalEvent> outside(WalEnvelope envelope) {
    return complete
        ? List.of(lost(envelope, "the beginning of its transaction is missing"))
        : List.of();
  }

  /** Returns an error for each open transaction if only whole ones may come. */
  private List<WalEvent> interrupted(String by) {
    List<WalEvent> errors = new ArrayList<>();
    if (complete) {
      open.values()
          .forEach(one -> errors.add(lost(one.begin, "its transaction does not end before " + by)));
      open.clear();
    }
    return errors;
  }

  private static List<WalEvent> committed(Open ended, WalEnvelope commit) {
    List<WalEvent> deletes = new ArrayList<>();
    List<WalEvent> others = new ArrayList<>();
    for (WalEvent part : ended.parts) {
      if (part instanceof WalEvent.Rows rows) {
        (rows.rows().deletes() ? deletes : others)
            .add(new WalEvent.Rows(rows.envelope().committedBy(commit), rows.rows()));
      } else {
        others.add(part);
      }
    }
    deletes.addAll(others);
    return deletes;
  }

  private static WalEvent lost(WalEnvelope envelope, String why) {
    return new WalEvent.Undecoded(
        envelope.channel(),
        envelope,
        new Unknown(envelope.position().position(), why, Payload.of(new byte[0]), Map.of()));
  }
}
