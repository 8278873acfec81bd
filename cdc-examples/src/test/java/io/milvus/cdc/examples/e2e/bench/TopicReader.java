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
import java.util.concurrent.TimeUnit;

/** Reads a topic of Kafka, and keeps an eye on the ids of its events. */
public final class TopicReader extends RebuildFromKafka {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long no event may come. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Map<Integer, Set<String>> ids = new HashMap<>();
  private final List<String> doubled = new ArrayList<>();
  private final Map<String, Integer> types = new HashMap<>();
  private int events;

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
      events++;
      types.merge(parsed.get("type").asText(), 1, Integer::sum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until everything up to this timestamp of the source is told. */
  public void readUpTo(long timestamp) {
    long deadline = System.nanoTime() + PATIENCE;
    while (rebuild().upTo() < timestamp) {
      int before = events;
      read();
      if (events > before) {
        deadline = System.nanoTime() + PATIENCE;
      } else if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Told up to %d only, not %d, in %d events"
                .formatted(rebuild().upTo(), timestamp, events));
      }
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
