package io.milvus.cdc.internal.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.event.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes and reads checkpoints as JSON, for stores of text. Caches the text of the catalog and of
 * each collection, because most of them do not change between two checkpoints. For one thread.
 */
final class CheckpointJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private IdentityHashMap<CollectionEntry, RawValue> written = new IdentityHashMap<>();
  private Catalog last = Catalog.EMPTY;
  private RawValue lastText = new RawValue(write(last).toString());

  String write(Checkpoint checkpoint) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("watermark", checkpoint.watermark())
            .put("reserved", checkpoint.reserved())
            .put("ceiling", checkpoint.ceiling())
            .put("savedAt", checkpoint.savedAt().toString())
            .put("target", checkpoint.target())
            .put("scopedAt", checkpoint.scopedAt());
    CopiesJson.write(checkpoint.copies(), node);
    if (checkpoint.promotedAt() != null) {
      node.put("promotedAt", checkpoint.promotedAt().toString());
      node.put("promoting", checkpoint.promoting());
    }
    ArrayNode intended = node.putArray("intended");
    new TreeSet<>(checkpoint.intended()).forEach(intended::add);
    ObjectNode positions = node.putObject("positions");
    new TreeMap<>(checkpoint.positions())
        .forEach((channel, position) -> positions.put(channel, position.text()));
    if (!checkpoint.applied().equals(last)) {
      last = checkpoint.applied();
      lastText = new RawValue(write(last).toString());
    }
    node.putRawValue("applied", lastText);
    return node.toPrettyString();
  }

  private ObjectNode write(Catalog applied) {
    IdentityHashMap<CollectionEntry, RawValue> now = new IdentityHashMap<>();
    ObjectNode node =
        CatalogJson.write(
            applied,
            collection -> {
              RawValue text = written.get(collection);
              text = text == null ? new RawValue(CatalogJson.write(collection).toString()) : text;
              now.put(collection, text);
              return text;
            });
    written = now;
    return node;
  }

  /**
   * Reads the format of {@link #write}.
   *
   * @throws CorruptCheckpointException if the text has another format
   */
  static Checkpoint read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      Map<String, Position> positions = new TreeMap<>();
      node.required("positions")
          .properties()
          .forEach(entry -> positions.put(entry.getKey(), new Position(entry.getValue().asText())));
      return new Checkpoint(
          node.required("watermark").longValue(),
          node.required("reserved").longValue(),
          node.required("ceiling").longValue(),
          positions,
          CatalogJson.read(node.required("applied")),
          intended(node.required("intended")),
          node.required("target").asText(),
          Instant.parse(node.required("savedAt").asText()),
          CopiesJson.read(node),
          node.path("scopedAt").asLong(Long.MAX_VALUE),
          node.has("promotedAt") ? Instant.parse(node.get("promotedAt").asText()) : null,
          node.path("promoting").asBoolean(false));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new CorruptCheckpointException("A checkpoint is not valid: " + e.getMessage(), "", e);
    }
  }

  /** Reads the ids. Releases before this one wrote a single number, 0 if there was none. */
  private static Set<Long> intended(JsonNode node) {
    Set<Long> ids = new TreeSet<>();
    if (node.isArray()) {
      node.forEach(id -> ids.add(id.longValue()));
    } else if (node.longValue() != 0) {
      ids.add(node.longValue());
    }
    return ids;
  }
}
