package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collections made again of a journal, line by line. On the way each line is held to what a
 * consumer is promised: that it is new, unless it says that it may not be.
 */
final class JournalRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<String, SourceRows.Row>> collections = new TreeMap<>();
  private final Set<String> ids = new HashSet<>();
  private long complete;
  private int repeated;

  static JournalRows of(Path journal) throws IOException {
    JournalRows rows = new JournalRows();
    try (BufferedReader lines = Files.newBufferedReader(journal)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.take(JSON.readTree(line));
      }
    }
    return rows;
  }

  /** By {@code database.collection}, the rows by their keys. */
  Map<String, Map<String, SourceRows.Row>> collections() {
    return collections;
  }

  /** How many changes came more than once. */
  int repeated() {
    return repeated;
  }

  private void take(JsonNode line) throws IOException {
    if (line.path("kind").asText().equals("complete")) {
      complete = Math.max(complete, timestampOf(line));
      return;
    }
    boolean fresh = ids.add(line.path("id").asText());
    if (!line.path("replay").asBoolean()) {
      assertThat(fresh).as("This is told as new: %s", line.path("id")).isTrue();
      // Of a change of the catalog the source may not say any more when it was.
      assertThat(line.path("kind").asText().equals("catalog") ? Long.MAX_VALUE : timestampOf(line))
          .as(line.path("id").asText())
          .isGreaterThan(complete);
    }
    repeated += fresh ? 0 : 1;
    Map<String, SourceRows.Row> rows = collections.get(line.path("collection").asText());
    switch (line.path("kind").asText()) {
      case "inserted" -> insert(rows, line);
      case "deleted" -> line.path("keys").forEach(key -> delete(rows, key, line));
      default -> change(line);
    }
  }

  private static long timestampOf(JsonNode line) {
    return line.path("timestamp").asLong();
  }

  private static void insert(Map<String, SourceRows.Row> rows, JsonNode line) throws IOException {
    for (int i = 0; i < line.path("keys").size(); i++) {
      rows.put(
          line.path("keys").get(i).asText(),
          new SourceRows.Row(
              line.path("partition").asText(), SourceRows.text(line.path("rows").get(i))));
    }
  }

  private static void delete(Map<String, SourceRows.Row> rows, JsonNode key, JsonNode line) {
    String only = line.path("partition").asText();
    SourceRows.Row there = rows.get(key.asText());
    if (there != null && (only.isEmpty() || only.equals(there.partition()))) {
      rows.remove(key.asText());
    }
  }

  private void change(JsonNode line) {
    String name = line.path("collection").asText();
    switch (line.path("change").asText()) {
      case "createCollection" -> collections.putIfAbsent(name, new TreeMap<>());
      case "dropCollection" -> collections.remove(name);
      case "renameCollection" -> {
        Map<String, SourceRows.Row> moved = collections.remove(name);
        if (moved != null) {
          collections.put(line.path("to").asText(), moved);
        }
      }
      case "dropPartition" ->
          collections
              .get(name)
              .values()
              .removeIf(row -> row.partition().equals(line.path("partition").asText()));
      default -> {}
    }
  }
}
