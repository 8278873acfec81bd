package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.error.TargetException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the progress of a task, as the queue stores it together with the events.
 *
 * @param rows the timestamp up to which all rows were sent
 * @param cut the cut of the copy that {@code rows} belongs to, as in {@link
 *     io.milvus.cdc.targets.Opening}; 0 if there was none
 * @param changes ids of catalog changes that were sent and that the task's checkpoint may lack
 */
public record Place(long rows, long cut, List<String> changes) {
  /** The progress of a task of which the queue knows nothing. */
  public static final Place NONE = new Place(0, 0, List.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  public Place {
    changes = List.copyOf(changes);
  }

  /** Returns the timestamp up to which the rows of a copy were sent, 0 if it is a later copy. */
  long rowsOf(long copy) {
    return cut < copy ? 0 : rows;
  }

  /** Returns the text that a queue stores: a few hundred bytes. */
  public String text() {
    ObjectNode node = JSON.createObjectNode().put("rows", Long.toString(rows));
    if (cut != 0) {
      node.put("cut", Long.toString(cut));
    }
    changes.forEach(node.putArray("changes")::add);
    return node.toString();
  }

  /**
   * Reads the format of {@link #text}.
   *
   * @throws TargetException if it is any other text
   */
  public static Place parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      List<String> changes = new ArrayList<>();
      node.path("changes").forEach(change -> changes.add(change.asText()));
      return new Place(
          Long.parseLong(node.path("rows").asText()),
          Long.parseLong(node.path("cut").asText("0")),
          changes);
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new TargetException(
          "The queue's record of the task's progress is not in our format: '%s'.".formatted(text),
          "Use another name for the task.",
          e);
    }
  }
}
