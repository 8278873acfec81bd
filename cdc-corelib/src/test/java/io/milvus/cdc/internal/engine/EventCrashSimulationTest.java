package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.targets.events.FakeTopic;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.History;
import io.milvus.cdc.testkit.Seeded;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random source, a topic that breaks before or after doing what it was asked, a store that does,
 * and a process that is killed: what the topic tells is what the source has.
 */
@Timeout(300)
class EventCrashSimulationTest {
  @TempDir Path directory;

  @Test
  void everyEventIsToldOnceWhateverBreaks() {
    Seeded.times(60, random -> simulate(random, true, 0.03, false));
  }

  @Test
  void collectionsThatAreCopiedAgainAreToldOnceMoreAndEachEventOnce() {
    Seeded.times(15, random -> simulate(random, true, 0.03, true));
    Seeded.times(5, random -> simulate(random, true, 0, true));
  }

  @Test
  void collectionsThatAreCopiedAgainWithoutTransactionsAreEqual() {
    Seeded.times(15, random -> simulate(random, false, 0.03, true));
  }

  @Test
  void withoutTransactionsWhatIsToldTwiceChangesNothing() {
    Seeded.times(30, random -> simulate(random, false, 0.03, false));
  }

  @Test
  void everyEventIsToldOnceWhereNothingBreaks() {
    Seeded.times(20, random -> simulate(random, true, 0, false));
    Seeded.times(20, random -> simulate(random, false, 0, false));
  }

  private void simulate(
      SplittableRandom random, boolean transactions, double fault, boolean resynced)
      throws Exception {
    History history = new History(random.split(), 10 + random.nextInt(60));
    FakeSource source = new FakeSource(History.channels());
    SplittableRandom dice = random.split();
    FakeTopic topic = new FakeTopic(transactions, () -> dice.nextDouble() < fault);
    SimulatedLife life =
        new SimulatedLife(
            TaskSpec.of("t"), history, source, () -> topic, random.split(), fault, directory);
    if (resynced) {
      life.damaged(names -> {});
    }
    life.run();
    List<JsonNode> events = topic.events();
    assertThat(keysOf(events)).isEqualTo(keysOf(history));
    if (transactions || fault == 0) {
      assertThat(events).extracting(event -> event.get("id")).doesNotHaveDuplicates();
      if (!resynced) {
        assertWatermarksHold(events);
      }
    }
    assertThat(source.violations()).isEmpty();
  }

  private static void assertWatermarksHold(List<JsonNode> events) {
    long watermark = 0;
    for (JsonNode event : events) {
      long timestamp = event.get("hybridtimestamp").asLong();
      assertThat(timestamp).as("%s", event).isGreaterThan(watermark);
      if (event.get("type").asText().endsWith(".watermark")) {
        watermark = timestamp;
      }
    }
  }

  private static Map<String, Set<String>> keysOf(History history) {
    Map<String, Set<String>> keys = new TreeMap<>();
    history
        .result()
        .forEach(
            (place, rows) -> {
              Set<String> each = new TreeSet<>();
              rows.keySet().forEach(row -> each.add(row.substring(0, row.indexOf(':'))));
              keys.put(place, each);
            });
    return keys;
  }

  /** What is there after all of it, by {@code collection/partition}. */
  private static Map<String, Set<String>> keysOf(List<JsonNode> events) {
    Map<String, String> names = new HashMap<>();
    Map<String, Map<String, Set<String>>> rows = new HashMap<>();
    Set<String> changes = new HashSet<>();
    for (JsonNode event : events) {
      JsonNode data = event.get("data");
      String id = data.path("collectionId").asText();
      String partition = data.path("partition").asText();
      String key = data.path("key").asText();
      String type = event.get("type").asText().substring("io.milvus.cdc.".length());
      if (!type.startsWith("row.") && !changes.add(event.get("id").asText())) {
        continue;
      }
      switch (type) {
        case "collection.created" -> {
          names.put(id, data.get("collection").asText());
          rows.put(id, new HashMap<>());
          data.get("partitions").forEach(p -> rows.get(id).put(p.asText(), new TreeSet<>()));
        }
        case "collection.renamed" -> names.put(id, data.get("collection").asText());
        case "collection.dropped" -> rows.remove(id);
        case "partition.created" -> rows.get(id).put(partition, new TreeSet<>());
        case "partition.dropped" -> rows.get(id).remove(partition);
        case "row.inserted", "row.read" -> rows.get(id).get(partition).add(key);
        case "row.deleted" ->
            rows.get(id)
                .forEach(
                    (name, keys) -> {
                      if (data.get("partition").isNull() || partition.equals(name)) {
                        keys.remove(key);
                      }
                    });
        default -> assertThat(type).isEqualTo("watermark");
      }
    }
    Map<String, Set<String>> all = new TreeMap<>();
    rows.forEach(
        (id, partitions) ->
            partitions.forEach((name, keys) -> all.put(names.get(id) + "/" + name, keys)));
    return all;
  }
}
