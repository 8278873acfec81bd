package io.milvus.cdc.http.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to a caller.
 *
 * @param type its media type, empty where there is no body
 */
public record Answer(int status, String type, String body, Map<String, String> headers) {
  public static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public static Answer json(JsonNode body) {
    return json(200, JSON, body);
  }

  public static Answer json(int status, String type, JsonNode body) {
    try {
      return new Answer(status, type, MAPPER.writeValueAsString(body), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON cannot be written", e);
    }
  }

  public static Answer text(String type, String body) {
    return new Answer(200, type, body, Map.of());
  }

  /** Done, and nothing to say. */
  public static Answer nothing() {
    return new Answer(204, "", "", Map.of());
  }

  public Answer status(int other) {
    return new Answer(other, type, body, headers);
  }

  public Answer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, more);
  }
}
