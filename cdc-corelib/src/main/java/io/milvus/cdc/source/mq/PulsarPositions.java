package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import java.io.IOException;
import java.util.Base64;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.MessageIdAdv;
import org.apache.pulsar.client.impl.MessageIdImpl;

/**
 * Pulsar's message ids as {@code ledger:entry}. Partition and batch index are left out: Milvus 2.3
 * to 2.5 writes unpartitioned topics without batching.
 */
final class PulsarPositions {
  private PulsarPositions() {}

  static Position of(MessageId id) {
    MessageIdAdv place = (MessageIdAdv) id;
    return new Position(place.getLedgerId() + ":" + place.getEntryId());
  }

  static Position of(byte[] milvusMessageId) {
    try {
      return of(MessageId.fromByteArray(milvusMessageId));
    } catch (IOException | RuntimeException e) {
      // Pulsar's parser throws either, as the bytes happen to be.
      throw new ConfigException(
          "Message id %s is not Pulsar's. Check which queue the source uses."
              .formatted(Base64.getEncoder().encodeToString(milvusMessageId)),
          e);
    }
  }

  static MessageIdImpl idOf(Position position) {
    int colon = position.text().indexOf(':');
    try {
      return new MessageIdImpl(
          Long.parseLong(position.text().substring(0, Math.max(0, colon))),
          Long.parseLong(position.text().substring(colon + 1)),
          -1);
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "Position '%s' is not Pulsar's. Give it as ledger:entry, such as 15:203."
              .formatted(position.text()),
          e);
    }
  }
}
