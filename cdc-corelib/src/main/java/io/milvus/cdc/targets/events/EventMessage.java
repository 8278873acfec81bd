package io.milvus.cdc.targets.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a queue carries. Immutable, as long as nobody changes its bytes. */
public final class EventMessage {
  private final String key;
  private final byte @Nullable [] value;
  private final Map<String, String> headers;

  /**
   * A message.
   *
   * @param key messages of one key stay in order, and the last is what compaction leaves
   * @param value kept and not copied; null for a tombstone
   * @param headers Kafka's headers, Pulsar's properties
   */
  public EventMessage(String key, byte @Nullable [] value, Map<String, String> headers) {
    this.key = key;
    this.value = value;
    this.headers = Map.copyOf(headers);
  }

  static EventMessage tombstone(String key) {
    return new EventMessage(key, null, Map.of());
  }

  public String key() {
    return key;
  }

  public byte @Nullable [] value() {
    return value;
  }

  public Map<String, String> headers() {
    return headers;
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
