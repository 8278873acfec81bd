package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads positions in a topic's one partition: the offset in decimal. A record that was read adds
 * {@code @} and its timestamp in milliseconds, by which it is recognized.
 */
final class KafkaPositions {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,19})(?:@(-?\\d{1,19}))?");

  static final Comparator<Position> ORDER = Comparator.comparingLong(KafkaPositions::offsetOf);

  /**
   * Locates a record by its offset and its timestamp.
   *
   * @param timestamp -1 if it is unknown
   */
  record Place(long offset, long timestamp) {
    Position position() {
      return of(offset, timestamp);
    }
  }

  private KafkaPositions() {}

  static Position of(long offset) {
    return of(offset, -1);
  }

  static Position of(long offset, long timestamp) {
    return new Position(timestamp < 0 ? Long.toString(offset) : offset + "@" + timestamp);
  }

  static long offsetOf(Position position) {
    return placeOf(position).offset();
  }

  static Place placeOf(Position position) {
    Matcher parts = TEXT.matcher(position.text());
    if (!parts.matches()) {
      throw new ConfigException(
          "Position '%s' is not Kafka's.".formatted(position.text()),
          "Set it to an offset, such as 203.");
    }
    return new Place(
        Long.parseLong(parts.group(1)),
        parts.group(2) == null ? -1 : Long.parseLong(parts.group(2)));
  }

  static byte[] messageIdOf(Position position) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(offsetOf(position))
        .array();
  }

  /** Converts a message id of Milvus, which is an offset with its lowest byte first. */
  static Position of(byte[] milvusMessageId) {
    if (milvusMessageId.length != Long.BYTES) {
      throw new ConfigException(
          "Message id %s is not Kafka's."
              .formatted(Base64.getEncoder().encodeToString(milvusMessageId)),
          "Check which queue the source uses.");
    }
    return of(ByteBuffer.wrap(milvusMessageId).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }
}
