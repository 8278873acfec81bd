package io.milvus.cdc.target.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a queue carries.
 *
 * @param key messages of one key stay in order, and the last is what compaction leaves
 * @param value null for a tombstone
 * @param headers Kafka's headers, Pulsar's properties
 */
public record EventMessage(String key, byte @Nullable [] value, Map<String, String> headers) {
  public EventMessage {
    headers = Map.copyOf(headers);
  }

  static EventMessage tombstone(String key) {
    return new EventMessage(key, null, Map.of());
  }

  /** How many bytes it has, roughly: what a queue adds is not counted. */
  public int size() {
    int size = key.getBytes(StandardCharsets.UTF_8).length + (value == null ? 0 : value.length);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      size += header.getKey().length() + 3 * header.getValue().length();
    }
    return size;
  }
}
