package io.milvus.cdc.event;

import java.util.Map;

/**
 * A message that cannot be decoded.
 *
 * @param why what is wrong with it, for people
 * @param properties what the queue knows of it
 */
public record Unknown(
    Position position, String why, Payload payload, Map<String, String> properties)
    implements ChannelEvent {
  public Unknown {
    properties = Map.copyOf(properties);
  }

  /** A message of which the queue knows nothing. */
  public Unknown(Position position, String why, Payload payload) {
    this(position, why, payload, Map.of());
  }
}
