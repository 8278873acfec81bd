package io.milvus.cdc.http.task;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.events.CloudEvents;
import io.milvus.cdc.targets.events.EventFormat;
import io.milvus.cdc.targets.events.EventTargetBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the format of events. A value of 0, false or null selects the default of the target's
 * builder.
 *
 * @param format cloudevents (also for null), cloudevents-binary, debezium or debezium-schemas
 * @param topicPerCollection whether each collection has a topic
 */
public record EventChoice(
    String topic,
    boolean topicPerCollection,
    @Nullable String format,
    boolean tombstones,
    boolean int64AsText,
    boolean vectorsAsBase64,
    @Nullable String source,
    long watermarkMillis,
    int maxBytes) {

  static EventChoice read(Fields fields) {
    return new EventChoice(
        fields.required("topic"),
        fields.flag("topicPerCollection", false),
        fields.text("format"),
        fields.flag("tombstones", false),
        fields.flag("int64AsText", false),
        fields.flag("vectorsAsBase64", false),
        fields.text("source"),
        fields.number("watermarkMillis", 0),
        fields.integer("maxBytes", 0));
  }

  void write(TargetJson into) {
    into.put("topic", topic)
        .put("topicPerCollection", topicPerCollection)
        .put("format", format)
        .put("tombstones", tombstones)
        .put("int64AsText", int64AsText)
        .put("vectorsAsBase64", vectorsAsBase64)
        .put("source", source)
        .put("watermarkMillis", watermarkMillis)
        .put("maxBytes", maxBytes);
  }

  /**
   * Sets these choices in a target's builder.
   *
   * @throws ConfigException if the format is unknown, or if a choice does not belong to it
   */
  void tell(EventTargetBuilder<?> target) {
    target.topic(topic).format(eventFormat());
    if (topicPerCollection) {
      target.topicPerCollection();
    }
    if (source != null) {
      target.source(source);
    }
    if (watermarkMillis != 0) {
      target.watermarkEvery(Duration.ofMillis(watermarkMillis));
    }
    if (maxBytes != 0) {
      target.maxBytes(maxBytes);
    }
  }

  private EventFormat eventFormat() {
    String name = format == null ? "cloudevents" : format;
    return switch (name) {
      case "cloudevents" -> values(EventFormat.cloudEvents());
      case "cloudevents-binary" -> values(EventFormat.cloudEvents().binaryMode());
      case "debezium" -> plain(EventFormat.debezium());
      case "debezium-schemas" -> plain(EventFormat.debezium().withSchemas());
      default ->
          throw new ConfigException(
              "Format '%s' is unknown.".formatted(name),
              "Use cloudevents, cloudevents-binary, debezium or debezium-schemas.");
    };
  }

  private EventFormat values(CloudEvents events) {
    CloudEvents chosen = tombstones ? events.withTombstones() : events;
    chosen = int64AsText ? chosen.int64AsText() : chosen;
    return vectorsAsBase64 ? chosen.vectorsAsBase64() : chosen;
  }

  private EventFormat plain(EventFormat debezium) {
    if (tombstones || int64AsText || vectorsAsBase64) {
      throw new ConfigException(
          "'tombstones', 'int64AsText' and 'vectorsAsBase64' are for CloudEvents, not for"
              + " Debezium's format.",
          "Leave them out.");
    }
    return debezium;
  }
}
