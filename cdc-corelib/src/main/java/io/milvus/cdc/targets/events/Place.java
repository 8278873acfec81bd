package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.error.TargetException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a task's events are out, as the queue keeps it together with them.
 *
 * @param rows no row at or below this timestamp is left to be told
 * @param changes ids of changes of the catalog that are out, and for which the task's checkpoint
 *     may not have them yet
 */
public record Place(long rows, List<String> changes) {
  /** Nothing is out, for all the queue knows. */
  public static final Place NONE = new Place(0, List.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  public Place {
    changes = List.copyOf(changes);
  }

  /** As a queue keeps it; a few hundred bytes. */
  public String text() {
    ObjectNode node = JSON.createObjectNode().put("rows", Long.toString(rows));
    changes.forEach(node.putArray("changes")::add);
    return node.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws TargetException where it is something else
   */
  public static Place parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      List<String> changes = new ArrayList<>();
      node.path("changes").forEach(change -> changes.add(change.asText()));
      return new Place(Long.parseLong(node.path("rows").asText()), changes);
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new TargetException(
          "What the queue keeps of how far the task came is not ours: '%s'.".formatted(text),
          "Give the task another name.",
          e);
    }
  }
}
