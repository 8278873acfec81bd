package io.milvus.cdc.internal.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.error.SourceException;
import java.io.IOException;

/**
 * Holds what matters of the JSON in a binlog's first event (2.5 internal/storage/event_data.go).
 *
 * @param multiField whether a deltalog has a column for keys and a column for timestamps
 */
record Extras(boolean multiField) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the JSON.
   *
   * @throws SourceException if it is no JSON object, or if the binlog is encrypted
   */
  static Extras of(ByteSource file, byte[] json) {
    JsonNode extras;
    try {
      extras = JSON.readTree(json);
    } catch (IOException e) {
      throw Damage.in(file, "its first event has no JSON", e);
    }
    if (!extras.isObject()) {
      throw Damage.in(file, "its first event has no JSON object");
    }
    // The key of the data, encrypted by a key that only that Milvus has (2.6).
    if (extras.has("edek")) {
      throw Damage.unknown(file, "it is encrypted by a key of its Milvus");
    }
    return new Extras(extras.path("version").asText().equals("MULTI_FIELD"));
  }
}
