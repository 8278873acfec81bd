package io.milvus.cdc.internal.wal;

import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.internal.wire.StampedRows;
import io.milvus.cdc.proto.wal.InsertHeader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes the messages of a write-ahead log, one at a time. */
public final class WalDecoder {
  private static final String HEADER = "_h";

  /** Returns the event in a message. Never throws because of its bytes. */
  public WalEvent decode(WalMessage message) {
    WalEnvelope envelope;
    try {
      envelope = WalEnvelope.read(message);
    } catch (IOException | IllegalArgumentException e) {
      return undecoded(message, null, String.valueOf(e.getMessage()));
    }
    WalType type = WalType.of(envelope.type());
    if (type == null) {
      return undecoded(message, envelope, "its type is " + envelope.type());
    }
    try {
      return decode(type, envelope, message);
    } catch (IOException | IllegalArgumentException e) {
      return undecoded(message, envelope, String.valueOf(e.getMessage()));
    }
  }

  private static WalEvent decode(WalType type, WalEnvelope envelope, WalMessage message)
      throws IOException {
    return switch (type) {
      case TIME_TICK -> new WalEvent.Tick(envelope);
      case FLUSH, CREATE_SEGMENT -> new WalEvent.Internal(envelope);
      case INSERT -> inserted(envelope, message);
      case DELETE -> new WalEvent.Rows(envelope, StampedRows.delete(message.body().bytes()));
      case BEGIN_TXN -> boundary(envelope, WalEvent.Boundary.Kind.BEGIN);
      case COMMIT_TXN -> boundary(envelope, WalEvent.Boundary.Kind.COMMIT);
      case ROLLBACK_TXN -> boundary(envelope, WalEvent.Boundary.Kind.ROLLBACK);
      default -> new WalEvent.Change(envelope, ChangeReader.read(type, envelope, message));
    };
  }

  private static WalEvent inserted(WalEnvelope envelope, WalMessage message) throws IOException {
    InsertHeader header = WalEnvelope.header(message, InsertHeader.parser());
    if (header.getPartitionsCount() > 1) {
      // Its body names one partition only, so nothing says which rows belong to which.
      throw new IOException("it has rows of %d partitions".formatted(header.getPartitionsCount()));
    }
    return new WalEvent.Rows(envelope, StampedRows.insert(message.body().bytes()));
  }

  private static WalEvent boundary(WalEnvelope envelope, WalEvent.Boundary.Kind kind)
      throws IOException {
    if (envelope.transaction() == null) {
      throw new IOException("it names no transaction");
    }
    return new WalEvent.Boundary(envelope, kind);
  }

  /** Returns an event without the header, because that of some types holds passwords. */
  private static WalEvent undecoded(
      WalMessage message, @Nullable WalEnvelope envelope, String why) {
    Map<String, String> properties = new HashMap<>(message.properties());
    properties.remove(HEADER);
    Position position =
        envelope == null ? new Position(message.id()) : envelope.position().position();
    return new WalEvent.Undecoded(
        message.channel(), envelope, new Unknown(position, why, message.body(), properties));
  }
}
