package io.milvus.cdc.http.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer to a caller.
 *
 * @param type its media type; empty if there is no body
 * @param feed the part that follows the body until the feed is over; null if there is none
 */
public record Answer(
    int status, String type, String body, Map<String, String> headers, @Nullable Feed feed) {
  public static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public static Answer json(JsonNode body) {
    return json(200, JSON, body);
  }

  public static Answer json(int status, String type, JsonNode body) {
    try {
      return new Answer(status, type, MAPPER.writeValueAsString(body), Map.of(), null);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree cannot be written", e);
    }
  }

  public static Answer text(String type, String body) {
    return new Answer(200, type, body, Map.of(), null);
  }

  /** Returns an answer of success without a body. */
  public static Answer nothing() {
    return new Answer(204, "", "", Map.of(), null);
  }

  /** Returns an answer whose body is a feed. */
  public static Answer of(String type, Feed feed) {
    return new Answer(200, type, "", Map.of(), feed);
  }

  public Answer status(int other) {
    return new Answer(other, type, body, headers, feed);
  }

  public Answer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, more, feed);
  }
}
