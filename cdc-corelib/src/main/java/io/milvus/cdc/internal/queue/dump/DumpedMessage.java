package io.milvus.cdc.internal.queue.dump;

import com.google.protobuf.ByteString;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.MessageID;
import java.util.Map;

/**
 * Reads the properties of a message that reading itself requires. Their names and values are
 * Milvus's (pkg/streaming/util/message/properties.go, 2.6.20).
 */
final class DumpedMessage {
  private static final int BASE = 36;
  private static final String TYPE = "_t";
  private static final String TICK = "_tt";
  private static final String LAST_CONFIRMED = "_lc";
  private static final String TIME_TICK = "1";
  private static final String BEGIN_TRANSACTION = "900";
  private static final String COMMIT_TRANSACTION = "901";

  private DumpedMessage() {}

  /**
   * Returns the timestamp of a message, hybrid and unsigned.
   *
   * @throws NumberFormatException if it has none
   */
  static long tick(ImmutableMessage message) {
    return Long.parseUnsignedLong(message.getPropertiesOrDefault(TICK, ""), BASE);
  }

  /** Returns the place of a message. */
  static WalPosition place(ImmutableMessage message) {
    MessageID id = message.getId();
    return WalPosition.of(
        id.getWALName().name(),
        id.getId(),
        message.getPropertiesOrDefault(LAST_CONFIRMED, id.getId()),
        tick(message));
  }

  static boolean beginsTransaction(ImmutableMessage message) {
    return BEGIN_TRANSACTION.equals(message.getPropertiesOrDefault(TYPE, ""));
  }

  static boolean commitsTransaction(ImmutableMessage message) {
    return COMMIT_TRANSACTION.equals(message.getPropertiesOrDefault(TYPE, ""));
  }

  static QueueMessage of(WalPosition place, ImmutableMessage message) {
    ByteString body = message.getPayload();
    return new QueueMessage(
        place.position(), Payload.of(body.toByteArray()), message.getPropertiesMap());
  }

  /** Returns the message that Milvus writes to its queue if a channel is complete up to a time. */
  static QueueMessage tickAt(WalPosition place) {
    return new QueueMessage(
        place.position(),
        Payload.of(new byte[0]),
        Map.of(
            "_v",
            "1",
            TYPE,
            TIME_TICK,
            TICK,
            Long.toUnsignedString(place.complete(), BASE),
            LAST_CONFIRMED,
            place.lastConfirmed()));
  }
}
