package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Comparator;

/** Offsets in a topic's one partition, in decimal. */
final class KafkaPositions {
  static final Comparator<Position> ORDER = Comparator.comparingLong(KafkaPositions::offsetOf);

  private KafkaPositions() {}

  static Position of(long offset) {
    return new Position(Long.toString(offset));
  }

  static long offsetOf(Position position) {
    try {
      return Long.parseLong(position.text());
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "Position '%s' is not Kafka's. Give it as an offset, such as 203."
              .formatted(position.text()),
          e);
    }
  }

  static byte[] messageIdOf(Position position) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(offsetOf(position))
        .array();
  }

  /** Milvus writes an offset with its lowest byte first. */
  static Position of(byte[] milvusMessageId) {
    if (milvusMessageId.length != Long.BYTES) {
      throw new ConfigException(
          "Message id %s is not Kafka's. Check which queue the source uses."
              .formatted(Base64.getEncoder().encodeToString(milvusMessageId)));
    }
    return of(ByteBuffer.wrap(milvusMessageId).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }
}
