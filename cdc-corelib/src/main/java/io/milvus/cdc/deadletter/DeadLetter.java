package io.milvus.cdc.deadletter;

import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import java.time.Instant;
import java.util.Map;

/**
 * A message that could not be handled, as the source sent it.
 *
 * @param channel the physical channel of the message
 * @param position its place there
 * @param reason the step that it did not pass
 * @param why the details, for people
 * @param timestamp the timestamp of its rows, zero if it is unknown
 * @param collection its {@code database.collection} on the source, empty if it is unknown
 * @param setAsideAt when it was stored
 * @param payload the message's body: for rows, a {@code msgpb.InsertRequest} or {@code
 *     msgpb.DeleteRequest} of Milvus, before any transform
 * @param properties the queue's properties of the message; empty for rows, which do not need them
 */
public record DeadLetter(
    String channel,
    Position position,
    Reason reason,
    String why,
    HybridTime timestamp,
    String collection,
    Instant setAsideAt,
    Payload payload,
    Map<String, String> properties) {
  public DeadLetter {
    properties = Map.copyOf(properties);
  }

  /** Lists the steps that a message may not pass. */
  public enum Reason {
    /** The message has no format that this library knows. */
    UNDECODABLE,
    /** The task's transform threw. */
    TRANSFORM_FAILED,
    /** The target rejected the message for good. */
    REFUSED
  }

  /** Returns a text that differs for each message. */
  String key() {
    return channel + "@" + position.text();
  }
}
