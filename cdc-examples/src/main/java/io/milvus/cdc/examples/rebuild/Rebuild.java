package io.milvus.cdc.examples.rebuild;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges the partitions of a topic. An event waits until every partition has a watermark at or
 * above it. Then all complete events are applied in the order of their timestamps. The state
 * therefore equals the source's state at every watermark. For one thread.
 */
public final class Rebuild {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /**
   * Sorts a change of the catalog before rows of its timestamp. Rows stay in the order of their
   * partition, in which a delete precedes the insert of the same key.
   */
  private static final Comparator<JsonNode> ORDER =
      Comparator.comparingLong(Rebuild::timestamp).thenComparing(Rebuild::isRow);

  private final RebuiltSource source = new RebuiltSource();
  private final long[] watermarks;
  private final List<JsonNode> waiting = new ArrayList<>();
  private long complete;

  /** Creates an empty state of a topic with this number of partitions. */
  public Rebuild(int partitions) {
    watermarks = new long[partitions];
  }

  /**
   * Accepts the next message of a partition.
   *
   * @param event a CloudEvent in structured mode
   */
  public void take(int partition, byte[] event) {
    JsonNode parsed = parse(event);
    long timestamp = timestamp(parsed);
    if (parsed.get("type").asText().equals("io.milvus.cdc.watermark")) {
      watermarks[partition] = Math.max(watermarks[partition], timestamp);
      complete();
    } else if (timestamp > complete) {
      // All events up to the complete timestamp were received, so an earlier event is a copy.
      waiting.add(parsed);
    }
  }

  private static JsonNode parse(byte[] event) {
    try {
      return JSON.readTree(new String(event, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no event", e);
    }
  }

  private void complete() {
    long all = Arrays.stream(watermarks).min().orElse(0);
    if (all <= complete) {
      return;
    }
    complete = all;
    List<JsonNode> due = new ArrayList<>();
    waiting.removeIf(event -> timestamp(event) <= all && due.add(event));
    due.sort(ORDER);
    // Every partition has a copy of each change.
    Set<String> changes = new HashSet<>();
    for (JsonNode event : due) {
      if (isRow(event) || changes.add(event.get("id").asText())) {
        source.apply(event);
      }
    }
  }

  /** Returns the state as of {@link #upTo}. */
  public RebuiltSource source() {
    return source;
  }

  /** Returns a hybrid timestamp of the source, or 0 if nothing is complete yet. */
  public long upTo() {
    return complete;
  }

  private static long timestamp(JsonNode event) {
    return Long.parseLong(event.get("hybridtimestamp").asText());
  }

  private static boolean isRow(JsonNode event) {
    return event.get("type").asText().startsWith("io.milvus.cdc.row.");
  }
}
