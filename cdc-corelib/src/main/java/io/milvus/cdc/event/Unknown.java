package io.milvus.cdc.event;

import java.util.Map;

/**
 * A message that cannot be decoded.
 *
 * @param why the reason, for people
 * @param properties the queue's properties of the message
 */
public record Unknown(
    Position position, String why, Payload payload, Map<String, String> properties)
    implements ChannelEvent {
  public Unknown {
    properties = Map.copyOf(properties);
  }

  /** Creates a message without properties. */
  public Unknown(Position position, String why, Payload payload) {
    this(position, why, payload, Map.of());
  }
}
