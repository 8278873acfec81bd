package io.milvus.cdc.internal.wal;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.internal.wire.StampedRows;
import org.jspecify.annotations.Nullable;

/** A message of a write-ahead log, decoded. */
public sealed interface WalEvent {
  /** Returns the description of the message, or null if not even that can be decoded. */
  @Nullable WalEnvelope envelope();

  /** Calls the visitor's method for this kind. */
  <R> R accept(Visitor<R> visitor);

  /** Rows or deleted keys of one shard and one partition. */
  record Rows(WalEnvelope envelope, StampedRows rows) implements WalEvent {
    /**
     * Returns the event for these rows. All have the tick of the message, because the timestamps in
     * the body are a guess of the server that accepted them. Copies the columns.
     */
    public DataEvent event() {
      RowsHeader header =
          new RowsHeader(
              envelope.channel(),
              envelope.position().position(),
              envelope.tick(),
              rows.collectionId(),
              rows.partitionId(),
              envelope.shard(),
              rows.count(),
              // The log repeats no message, so none needs a number by which to recognize it.
              0);
      Payload body = Payload.of(rows.at(envelope.shard(), envelope.tick()));
      return rows.deletes() ? new Delete(header, body) : new Insert(header, body);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rows(this);
    }
  }

  /** A change of anything but rows. */
  record Change(WalEnvelope envelope, WalChange change) implements WalEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.change(this);
    }
  }

  /** The beginning or the end of a transaction. */
  record Boundary(WalEnvelope envelope, Kind kind) implements WalEvent {
    /** The kinds of boundaries. */
    public enum Kind {
      BEGIN,
      COMMIT,
      ROLLBACK
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.boundary(this);
    }
  }

  /** No later message of the channel has this tick or a lower one. */
  record Tick(WalEnvelope envelope) implements WalEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.tick(this);
    }
  }

  /** A note of the source's servers about their own segments. Changes nothing that others see. */
  record Internal(WalEnvelope envelope) implements WalEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.internal(this);
    }
  }

  /**
   * A message that cannot be decoded, or that should not be here. Without an envelope, the event's
   * position is only the id: no channel can be read again from there.
   */
  record Undecoded(String channel, @Nullable WalEnvelope envelope, Unknown event)
      implements WalEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.undecoded(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Visitor<R> {
    R rows(Rows rows);

    R change(Change change);

    R boundary(Boundary boundary);

    R tick(Tick tick);

    R internal(Internal internal);

    R undecoded(Undecoded undecoded);
  }
}
