package io.milvus.cdc.examples.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads CloudEvents in structured mode. */
final class ChangeEventReader implements KafkaRecordDeserializationSchema<ChangeEvent> {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "io.milvus.cdc.";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<ChangeEvent> out)
      throws IOException {
    // A tombstone contains no new information.
    if (message.value() != null) {
      JsonNode event = JSON.readTree(message.value());
      JsonNode data = event.path("data");
      out.collect(
          new ChangeEvent(
              event.path("id").asText(),
              event.path("type").asText().substring(PREFIX.length()),
              event.path("hybridtimestamp").asLong(),
              data.path("collectionId").asText(),
              data.path("database").asText() + "." + data.path("collection").asText(),
              data.path("partition").asText(""),
              data.path("key").asText()));
    }
  }

  @Override
  public TypeInformation<ChangeEvent> getProducedType() {
    return TypeInformation.of(ChangeEvent.class);
  }
}
