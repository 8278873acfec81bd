package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** CloudEvents as the Kafka protocol binding's binary mode says: attributes are headers. */
final class BinaryEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTRIBUTE = "ce_";

  private BinaryEvents() {}

  /** The same event in structured mode; fails where it is not as the binding says. */
  static byte[] structured(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    assertThat(headers)
        .containsEntry("content-type", "application/json")
        .containsEntry("ce_specversion", "1.0")
        .hasEntrySatisfying("ce_id", id -> assertThat(id).isNotEmpty())
        .hasEntrySatisfying("ce_source", uri -> assertThat(uri).startsWith("/milvus-cdc/"))
        .hasEntrySatisfying("ce_type", type -> assertThat(type).startsWith("io.milvus.cdc."))
        .hasEntrySatisfying("ce_time", time -> assertThat(time).matches("\\d{4}-.*Z"))
        .hasEntrySatisfying(
            "ce_dataschema", schema -> assertThat(schema).startsWith("urn:milvus-cdc:schema:"))
        .doesNotContainKeys("ce_datacontenttype", "ce_data");
    ObjectNode event = JSON.createObjectNode();
    headers.forEach(
        (name, value) -> {
          if (name.startsWith(ATTRIBUTE)) {
            event.put(name.substring(ATTRIBUTE.length()), value);
          }
        });
    try {
      JsonNode data = JSON.readTree(record.value());
      assertThat(data.has("specversion")).as("%s", data).isFalse();
      return JSON.writeValueAsBytes(event.set("data", data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
