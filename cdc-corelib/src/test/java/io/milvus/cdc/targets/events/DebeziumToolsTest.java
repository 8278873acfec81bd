package io.milvus.cdc.targets.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.transforms.ExtractNewRecordState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/**
 * What Kafka Connect's converter and Debezium's transform, which others put before their sinks,
 * make of rows in Debezium's envelope.
 */
class DebeziumToolsTest {
  /** The rows of the story as a sink gets them. */
  private static List<SinkRecord> sunk(String ofDeletes) throws Exception {
    List<SinkRecord> sunk = new ArrayList<>();
    try (JsonConverter keys = new JsonConverter();
        JsonConverter values = new JsonConverter();
        ExtractNewRecordState<SinkRecord> transform = new ExtractNewRecordState<>()) {
      keys.configure(Map.of(), true);
      values.configure(Map.of(), false);
      transform.configure(Map.of("delete.tombstone.handling.mode", ofDeletes));
      for (EventMessage message : EventFormatTest.tell(EventFormat.debezium().withSchemas())) {
        if (!message.headers().containsKey("content-type")) {
          SinkRecord made = transform.apply(record(keys, values, message));
          if (made != null) {
            sunk.add(made);
          }
        }
      }
    }
    return sunk;
  }

  private static SinkRecord record(JsonConverter keys, JsonConverter values, EventMessage message) {
    SchemaAndValue key =
        keys.toConnectData("shop.books", message.key().getBytes(StandardCharsets.UTF_8));
    SchemaAndValue value = values.toConnectData("shop.books", message.value());
    return new SinkRecord(
        "shop.books", 0, key.schema(), key.value(), value.schema(), value.value(), 0);
  }

  private static long key(SinkRecord record) {
    return ((Struct) record.key()).getInt64("id");
  }

  @Test
  void sinksGetRowsWithEveryTypeOfFieldAndTombstonesForDeletes() throws Exception {
    List<SinkRecord> sunk = sunk("tombstone");

    assertThat(sunk).extracting(DebeziumToolsTest::key).containsExactly(0L, 1L, 2L, 1L, 0L, 2L);
    assertThat(sunk.subList(3, 6)).extracting(SinkRecord::value).containsOnlyNulls();
    Struct row = (Struct) sunk.get(2).value();
    Map<String, Object> fields = new TreeMap<>();
    row.schema().fields().forEach(field -> fields.put(field.name(), row.get(field)));
    assertThat(fields)
        .containsEntry("id", 2L)
        .containsEntry("Bool", true)
        .containsEntry("Int8", 2)
        .containsEntry("Int16", 2)
        .containsEntry("Int32", 2)
        .containsEntry("Int64", 2L)
        .containsEntry("Float", 0.25f)
        .containsEntry("Double", 0.25)
        .containsEntry("VarChar", "text2")
        .containsEntry("JSON", "{\"n\":2}")
        .containsEntry("Array", List.of(0L, 1L))
        .containsEntry("FloatVector", List.of(20f, 21f, 22f, 23f, 24f, 25f, 26f, 27f))
        .containsEntry("SparseFloatVector", "{\"0\":0.0,\"1\":0.5}")
        .containsEntry("$meta", null);
    assertThat(row.getBytes("BinaryVector")).containsExactly(2);
    assertThat(row.getBytes("Float16Vector")).hasSize(16).containsOnly(2);
    assertThat(row.getBytes("Int8Vector")).hasSize(8).containsOnly(2);
  }

  @Test
  void sinksThatMarkDeletedRowsLearnTheirKeys() throws Exception {
    List<SinkRecord> sunk = sunk("rewrite");

    assertThat(sunk).extracting(DebeziumToolsTest::key).containsExactly(0L, 1L, 2L, 1L, 0L, 2L);
    assertThat(sunk)
        .extracting(record -> ((Struct) record.value()).get("__deleted"))
        .containsExactly("false", "false", "false", "true", "true", "true");
    assertThat(((Struct) sunk.get(3).value()).getInt64("id")).isEqualTo(1);
    assertThat(((Struct) sunk.get(3).value()).get("VarChar")).isNull();
  }
}
