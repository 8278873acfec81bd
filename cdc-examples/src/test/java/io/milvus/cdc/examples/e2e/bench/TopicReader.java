package io.milvus.cdc.examples.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.examples.rebuild.RebuildFromKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a topic of Kafka, and keeps an eye on the ids of its events. */
public final class TopicReader extends RebuildFromKafka {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, Set<String>> ids = new HashMap<>();
  private final List<String> doubled = new ArrayList<>();
  private final Map<String, Integer> types = new HashMap<>();

  public TopicReader(Map<String, Object> properties, String topic) {
    super(properties, topic);
  }

  @Override
  protected void seen(int partition, byte[] event) {
    try {
      JsonNode parsed = JSON.readTree(event);
      String id = parsed.get("id").asText();
      if (!ids.computeIfAbsent(partition, any -> new HashSet<>()).add(id)) {
        doubled.add("partition %d: %s".formatted(partition, id));
      }
      types.merge(parsed.get("type").asText(), 1, Integer::sum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until everything up to this timestamp of the source is told. */
  public void readUpTo(long timestamp) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (rebuild().upTo() < timestamp) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Told up to %d only, not %d".formatted(rebuild().upTo(), timestamp));
      }
      read();
    }
  }

  /** Ids that a partition has twice. */
  public List<String> doubled() {
    return doubled;
  }

  /** How many events of each type there were. */
  public Map<String, Integer> types() {
    return types;
  }
}
