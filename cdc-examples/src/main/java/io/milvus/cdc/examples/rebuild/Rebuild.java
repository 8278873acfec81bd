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
 * Puts the partitions of a topic together again. What comes waits until every partition has told a
 * watermark at or above it; then all of it is taken in, by timestamp. So the state is, at every
 * watermark, what the source had at that moment. For one thread.
 */
public final class Rebuild {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /**
   * A change of the catalog comes before rows of its timestamp; rows stay in the order of their
   * partition, where a delete comes before the insert of the same key.
   */
  private static final Comparator<JsonNode> ORDER =
      Comparator.comparingLong(Rebuild::timestamp).thenComparing(Rebuild::isRow);

  private final RebuiltSource source = new RebuiltSource();
  private final long[] watermarks;
  private final List<JsonNode> waiting = new ArrayList<>();
  private long complete;

  /** Nothing yet, of a topic with so many partitions. */
  public Rebuild(int partitions) {
    watermarks = new long[partitions];
  }

  /**
   * Takes the next message of a partition.
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
      // All up to there has been told, so that anything else is a copy.
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

  /** The state as of {@link #upTo}. */
  public RebuiltSource source() {
    return source;
  }

  /** A hybrid timestamp of the source, 0 while nothing is known. */
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
