package io.milvus.cdc.http.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the specification of a task as JSON. The format is the same in requests, in answers and in
 * the store. Timestamps are texts, because JavaScript's numbers cannot hold them exactly.
 */
public final class SpecJson {
  private static final String EARLIEST = "earliest";
  private static final String LATEST = "latest";
  private static final String EXISTING = "existing";
  private static final String LIMIT = "bytesPerSecond";
  private static final String FLUSH = "flush";

  private SpecJson() {}

  /** Writes everything but the target. */
  public static void write(TaskSpec spec, ObjectNode into) {
    into.put("id", spec.id());
    into.set("include", list(spec.selection().included()));
    into.set("exclude", list(spec.selection().excluded()));
    into.set("startFrom", start(spec.startFrom()));
    ObjectNode rename = into.putObject("rename");
    new TreeMap<>(spec.names().databases()).forEach(rename.putObject("databases")::put);
    new TreeMap<>(spec.names().collections()).forEach(rename.putObject("collections")::put);
    into.put("access", spec.access());
  }

  private static JsonNode list(Set<String> names) {
    var list = JsonNodeFactory.instance.arrayNode();
    new TreeSet<>(names).forEach(list::add);
    return list;
  }

  /** Returns the start of a task: a word, or a position. */
  public static JsonNode start(StartFrom start) {
    if (start instanceof StartFrom.At at) {
      ObjectNode place = JsonNodeFactory.instance.objectNode();
      place.put("watermark", Long.toString(at.watermark().value()));
      ObjectNode positions = place.putObject("positions");
      new TreeMap<>(at.positions())
          .forEach((channel, position) -> positions.put(channel, position.text()));
      return place;
    }
    if (start instanceof StartFrom.Existing existing) {
      return existing(existing);
    }
    return new TextNode(start instanceof StartFrom.Earliest ? EARLIEST : LATEST);
  }

  private static JsonNode existing(StartFrom.Existing start) {
    if (start.equals(StartFrom.existing())) {
      return new TextNode(EXISTING);
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject(EXISTING).put(LIMIT, start.bytesPerSecond()).put(FLUSH, start.flushing());
    return node;
  }

  /**
   * Reads the format of {@link #write}. Only the id is required.
   *
   * @throws ConfigException if a value is invalid; the message has the value and the remedy
   */
  public static TaskSpec read(Fields fields, String target) {
    return TaskSpec.builder(fields.required("id"))
        .selection(selection(fields))
        .startFrom(start(fields))
        .target(target)
        .names(names(fields.object("rename")))
        .access(fields.flag("access", false))
        .build();
  }

  /** Reads the names of collections. By default everything is included. */
  public static Selection selection(Fields fields) {
    return new Selection(
        fields.has("include") ? Set.copyOf(fields.texts("include")) : Set.of("*"),
        Set.copyOf(fields.texts("exclude")));
  }

  private static StartFrom start(Fields fields) {
    JsonNode start = fields.any("startFrom");
    if (start.has(EXISTING)) {
      return existing(Fields.of(start, Dialect.EXACT));
    }
    if (start.isObject()) {
      return place(Fields.of(start, Dialect.EXACT));
    }
    return switch (fields.text("startFrom", EARLIEST)) {
      case EARLIEST -> StartFrom.earliest();
      case LATEST -> StartFrom.latest();
      case EXISTING -> StartFrom.existing();
      default ->
          throw new ConfigException(
              "'startFrom' is '%s'.".formatted(start.asText()),
              "Set it to earliest, latest, existing, or an object with watermark and positions.");
    };
  }

  private static StartFrom existing(Fields start) {
    Fields fields = start.object(EXISTING);
    StartFrom existing = settings(fields);
    fields.refuseUnread();
    start.refuseUnread();
    return existing;
  }

  /** Reads the rate of a copy, and whether to flush. By default without a limit and a flush. */
  public static StartFrom.Existing settings(Fields fields) {
    return new StartFrom.Existing(fields.number(LIMIT, 0), fields.flag(FLUSH, false));
  }

  private static StartFrom place(Fields place) {
    String watermark = place.required("watermark");
    Map<String, Position> positions = new TreeMap<>();
    place
        .textsByName("positions")
        .forEach((channel, text) -> positions.put(channel, new Position(text)));
    place.refuseUnread();
    try {
      return StartFrom.positions(new HybridTime(Long.parseLong(watermark)), positions);
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "'startFrom.watermark' is '%s'.".formatted(watermark),
          "Set it to a hybrid timestamp in decimal, as a text.",
          e);
    }
  }

  private static NameMapping names(Fields rename) {
    return new NameMapping(rename.textsByName("databases"), rename.textsByName("collections"));
  }
}
