package io.milvus.cdc.internal.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.StartFrom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes and reads the part of a checkpoint that records copies. Absent if there are none. */
final class CopiesJson {
  private CopiesJson() {}

  static void write(Copies copies, ObjectNode checkpoint) {
    if (copies.cut() != 0) {
      checkpoint.put("cut", copies.cut());
    }
    if (!copies.later().isEmpty()) {
      ObjectNode cuts = checkpoint.putObject("cuts");
      new TreeMap<>(copies.later()).forEach((id, cut) -> cuts.put(Long.toString(id), cut));
    }
    CopyOrder order = copies.order();
    if (order != null) {
      write(order, checkpoint.putObject("copy"));
    }
  }

  private static void write(CopyOrder order, ObjectNode node) {
    ArrayNode ids = node.putArray("collections");
    new TreeSet<>(order.collections()).forEach(ids::add);
    node.put("cut", order.cut()).put("emptied", order.emptied());
    StartFrom.Existing settings = order.settings();
    if (settings != null) {
      node.put("bytesPerSecond", settings.bytesPerSecond()).put("flush", settings.flushing());
    }
  }

  static Copies read(JsonNode checkpoint) {
    Map<Long, Long> cuts = new TreeMap<>();
    checkpoint
        .path("cuts")
        .properties()
        .forEach(one -> cuts.put(Long.parseLong(one.getKey()), one.getValue().longValue()));
    return new Copies(
        checkpoint.path("cut").asLong(0),
        cuts,
        checkpoint.has("copy") ? order(checkpoint.get("copy")) : null);
  }

  private static CopyOrder order(JsonNode node) {
    Set<Long> ids = new TreeSet<>();
    node.required("collections").forEach(id -> ids.add(id.longValue()));
    return new CopyOrder(
        ids,
        node.required("cut").longValue(),
        node.required("emptied").booleanValue(),
        settings(node));
  }

  private static StartFrom.@Nullable Existing settings(JsonNode node) {
    return node.has("bytesPerSecond")
        ? new StartFrom.Existing(
            node.get("bytesPerSecond").longValue(), node.path("flush").booleanValue())
        : null;
  }
}
