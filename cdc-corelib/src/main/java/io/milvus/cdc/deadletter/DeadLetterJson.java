package io.milvus.cdc.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Writes dead letters as JSON, each on one line. */
final class DeadLetterJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterJson() {}

  static String write(DeadLetter letter) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("channel", letter.channel())
            .put("position", letter.position().text())
            .put("reason", letter.reason().name())
            .put("why", letter.why())
            .put("timestamp", letter.timestamp().value())
            .put("collection", letter.collection())
            .put("setAsideAt", letter.setAsideAt().toString());
    ObjectNode properties = node.putObject("properties");
    new TreeMap<>(letter.properties()).forEach(properties::put);
    node.put("payload", letter.payload().bytes());
    return node.toString();
  }

  /**
   * Reads the format of {@link #write}.
   *
   * @throws IOException if it is any other text
   */
  static DeadLetter read(String line) throws IOException {
    try {
      JsonNode node = JSON.readTree(line);
      Map<String, String> properties = new TreeMap<>();
      node.required("properties")
          .properties()
          .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
      return new DeadLetter(
          node.required("channel").asText(),
          new Position(node.required("position").asText()),
          DeadLetter.Reason.valueOf(node.required("reason").asText()),
          node.required("why").asText(),
          new HybridTime(node.required("timestamp").longValue()),
          node.required("collection").asText(),
          Instant.parse(node.required("setAsideAt").asText()),
          Payload.of(node.required("payload").binaryValue()),
          properties);
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
