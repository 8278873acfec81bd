package io.milvus.cdc.targets.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message of a queue. Immutable, unless a caller changes its bytes. */
public final class EventMessage {
  private final String key;
  private final byte @Nullable [] value;
  private final Map<String, String> headers;

  /**
   * Creates a message.
   *
   * @param key the queue retains the order of messages of one key, and compaction retains the last
   * @param value stored without a copy; null for a tombstone
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

  /** Returns the key. */
  public String key() {
    return key;
  }

  /** Returns the value, which is not a copy, or null for a tombstone. */
  public byte @Nullable [] value() {
    return value;
  }

  /** Returns the headers. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns its approximate number of bytes. Additions of the queue are not counted. */
  public int size() {
    int size = key.getBytes(StandardCharsets.UTF_8).length + (value == null ? 0 : value.length);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      size += header.getKey().length() + 3 * header.getValue().length();
    }
    return size;
  }
}
