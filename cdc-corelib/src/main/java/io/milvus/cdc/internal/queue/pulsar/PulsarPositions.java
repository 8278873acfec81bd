package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import java.io.IOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pulsar.client.api.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Reads positions in a Pulsar topic: {@code ledger:entry}, with {@code :number/size} for a message
 * of a batch. A trailing {@code +} means the next message after that message, which may not exist
 * yet. Milvus 2.3 to 2.5 write unpartitioned topics without batches.
 */
final class PulsarPositions {
  private static final Pattern TEXT = Pattern.compile("(\\d+):(-?\\d+)(?::(\\d+)/(\\d+))?(\\+?)");

  static final Comparator<Position> ORDER =
      Comparator.comparing(PulsarPositions::placeOf).thenComparing(PulsarPositions::isAfter);

  private PulsarPositions() {}

  static Position of(byte[] milvusMessageId) {
    try {
      return PulsarPlace.of(MessageId.fromByteArray(milvusMessageId)).position();
    } catch (IOException | RuntimeException e) {
      // Pulsar's parser throws either kind, depending on the bytes.
      throw new ConfigException(
          "Message id %s is not Pulsar's."
              .formatted(Base64.getEncoder().encodeToString(milvusMessageId)),
          "Check which queue the source uses.",
          e);
    }
  }

  /** Returns the position of the next message after this place. */
  static Position after(PulsarPlace place) {
    return new Position(place + "+");
  }

  static boolean isAfter(Position position) {
    return position.text().endsWith("+");
  }

  /**
   * Returns the message that a position names, or the message before it if it ends with {@code +}.
   */
  static PulsarPlace placeOf(Position position) {
    Matcher parts = TEXT.matcher(position.text());
    if (!parts.matches()) {
      throw notOurs(position, null);
    }
    try {
      boolean batched = parts.group(3) != null;
      return new PulsarPlace(
          Long.parseLong(parts.group(1)),
          Long.parseLong(parts.group(2)),
          batched ? Integer.parseInt(parts.group(3)) : -1,
          batched ? Integer.parseInt(parts.group(4)) : 0);
    } catch (NumberFormatException e) {
      throw notOurs(position, e);
    }
  }

  private static ConfigException notOurs(Position position, @Nullable Throwable cause) {
    return new ConfigException(
        "Position '%s' is not Pulsar's.".formatted(position.text()),
        "Set it to ledger:entry, such as 15:203.",
        cause);
  }
}
