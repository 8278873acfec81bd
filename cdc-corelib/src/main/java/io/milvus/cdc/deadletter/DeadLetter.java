package io.milvus.cdc.deadletter;

import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import java.time.Instant;
import java.util.Map;

/**
 * A message that was set aside, as the source sent it.
 *
 * @param channel the physical channel it came on
 * @param position its place there
 * @param why what was wrong with it, for people
 * @param timestamp the timestamp of its rows, zero if it is unknown
 * @param collection its {@code database.collection} on the source, empty where it cannot be told
 * @param payload the message's body: of rows, a {@code msgpb.InsertRequest} or {@code
 *     msgpb.DeleteRequest} of Milvus, before any transform
 * @param properties what the queue knew of it; empty for rows, of which nobody needs it
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

  /** Which step it did not pass. */
  public enum Reason {
    /** It is no message that this library knows. */
    UNDECODABLE,
    /** The task's transform threw. */
    TRANSFORM_FAILED,
    /** The target refused it for good. */
    REFUSED
  }

  /** What no two messages share. */
  String key() {
    return channel + "@" + position.text();
  }
}
