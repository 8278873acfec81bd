package io.milvus.cdc.internal.wal;

import io.milvus.cdc.event.Payload;
import io.milvus.grpc.ImmutableMessage;
import java.util.Map;

/**
 * A message of a write-ahead log, as a server or a queue returns it.
 *
 * @param channel the physical channel
 * @param id its place in the channel, in Milvus's notation for the kind of log
 * @param wal Milvus's name of the kind of log, such as {@code WoodPecker}
 */
public record WalMessage(
    String channel, String id, String wal, Map<String, String> properties, Payload body) {
  private static final String VERSION = "_v";

  public WalMessage {
    properties = Map.copyOf(properties);
  }

  /** Returns a message that the RPC {@code DumpMessages} has sent. */
  public static WalMessage of(String channel, ImmutableMessage message) {
    return new WalMessage(
        channel,
        message.getId().getId(),
        message.getId().getWALName().name(),
        message.getPropertiesMap(),
        Payload.of(message.getPayload().toByteArray()));
  }

  /**
   * Returns whether the message was written before the upgrade to Milvus 2.6. Its body then has the
   * format of Milvus 2.5.
   */
  public boolean isBeforeUpgrade() {
    return properties.getOrDefault(VERSION, "0").equals("0");
  }

  /** Returns a property, or an empty text. */
  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  /** Returns a text for people. Shows no contents, which can hold passwords. */
  @Override
  public String toString() {
    return "message %s of channel %s".formatted(id, channel);
  }
}
