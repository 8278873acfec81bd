package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.examples.rebuild.Rebuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Rows in Debezium's envelope, each with a tombstone after its delete. */
final class DebeziumEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DebeziumEvents() {}

  /** What the rows of some topics tell, with the changes and watermarks of the common one. */
  static Rebuild rebuild(Map<String, Object> properties, String common, String... rows) {
    // First what says how far it goes: then the rows up to there cannot be missing.
    KafkaRecords changes = KafkaRecords.of(properties, common);
    Rebuild rebuild = new Rebuild(changes.partitions().size());
    for (ConsumerRecord<byte[], byte[]> row : KafkaRecords.of(properties, rows).all()) {
      if (row.value() != null) {
        rebuild.take(0, structured(row));
      }
    }
    changes.all().forEach(change -> rebuild.take(change.partition(), change.value()));
    return rebuild;
  }

  /** The keys, as texts, whose rows compaction would forget. */
  static List<String> tombstones(Map<String, Object> properties, String rows) {
    return KafkaRecords.of(properties, rows).all().stream()
        .filter(row -> row.value() == null)
        .map(row -> key(row).asText())
        .toList();
  }

  private static byte[] structured(ConsumerRecord<byte[], byte[]> row) {
    try {
      JsonNode change = JSON.readTree(row.value());
      JsonNode source = change.get("source");
      assertThat(source.get("connector").asText()).isEqualTo("milvus");
      boolean inserted = change.get("op").asText().equals("c");
      assertThat(change.get(inserted ? "before" : "after").isNull()).as("%s", change).isTrue();
      ObjectNode event =
          JSON.createObjectNode()
              .put("id", source.get("event_id").asText())
              .put("type", "io.milvus.cdc.row." + (inserted ? "inserted" : "deleted"))
              .put("hybridtimestamp", source.get("tso").asText());
      ObjectNode data = event.putObject("data");
      data.set("collectionId", source.get("collection_id"));
      String partition = source.get("partition").asText();
      data.put("partition", partition.isEmpty() ? null : partition);
      data.set("key", key(row));
      data.set("row", change.get("after"));
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode key(ConsumerRecord<byte[], byte[]> row) {
    try {
      return JSON.readTree(row.key()).elements().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
