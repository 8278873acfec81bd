package io.milvus.cdc.targets.milvus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.error.CorruptCheckpointException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the state of a session in the checkpoint.
 *
 * @param targetIds the target's id of each collection, by the source's id
 * @param channels the target's physical channels of those, and of some that were dropped
 * @param written the highest timestamp that the target assigned to rows, if it assigns them; else 0
 */
record SessionState(Map<Long, Long> targetIds, Set<String> channels, long written) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static SessionState parse(String text) {
    if (text.isEmpty()) {
      return new SessionState(Map.of(), Set.of(), 0);
    }
    try {
      JsonNode node = JSON.readTree(text);
      Map<Long, Long> ids = new TreeMap<>();
      node.path("collections")
          .properties()
          .forEach(entry -> ids.put(Long.parseLong(entry.getKey()), entry.getValue().asLong()));
      Set<String> channels = new TreeSet<>();
      node.path("channels").forEach(channel -> channels.add(channel.asText()));
      return new SessionState(ids, channels, node.path("written").asLong());
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new CorruptCheckpointException(
          "The target's part of the checkpoint cannot be read: " + e.getMessage(), "", e);
    }
  }

  String text() {
    ObjectNode node = JSON.createObjectNode();
    ObjectNode collections = node.putObject("collections");
    new TreeMap<>(targetIds).forEach((id, target) -> collections.put(Long.toString(id), target));
    ArrayNode names = node.putArray("channels");
    new TreeSet<>(channels).forEach(names::add);
    if (written > 0) {
      node.put("written", written);
    }
    return node.toString();
  }
}
