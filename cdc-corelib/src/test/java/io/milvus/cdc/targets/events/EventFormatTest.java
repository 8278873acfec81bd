package io.milvus.cdc.targets.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of event, in every format, as its JSON Schema says. */
class EventFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMAS = "/io/milvus/cdc/targets/events/schemas/";

  /** Tells the whole story, with these rows. */
  private static List<EventMessage> tell(
      EventFormat format, List<io.milvus.cdc.event.DataEvent> rows) throws Exception {
    FakeTopic topic = new FakeTopic(true, () -> false);
    try (EventSession session = topic.open(format, Duration.ZERO, new Opening("t", "", 0))) {
      session.apply(Story.database());
      session.apply(Story.collection());
      session.apply(Story.partition());
      try (Delivery delivery = session.prepare(new Round(rows, 35, Round.Kind.FIRST))) {
        assertThat(delivery.send()).isEmpty();
      }
      session.advance(35);
      session.apply(Story.noPartition());
      session.apply(Story.alias());
      session.apply(Story.rename());
      session.apply(Story.noAlias());
      session.apply(Story.noCollection());
      session.apply(Story.noDatabase());
    }
    return topic.out();
  }

  static List<EventMessage> tell(EventFormat format) throws Exception {
    return tell(
        format,
        List.of(Story.insert(31, 0, 1, 2), Story.delete(32, 10, 1L), Story.delete(33, -1, 0L, 2L)));
  }

  /** Tells of rows that were there before the task began, and then of a change. */
  private static List<EventMessage> tellExisting(EventFormat format) throws Exception {
    FakeTopic topic = new FakeTopic(true, () -> false);
    String state;
    try (EventSession session =
        topic.open(format, Duration.ZERO, new Opening("t", "", 0, 29, Opening.Stage.COPY))) {
      session.apply(Story.database());
      session.apply(Story.collection());
      session.apply(Story.partition());
      send(session, new Round(List.of(Story.insert(25, 7, 8)), 28, Round.Kind.FIRST));
      send(session, new Round(List.of(), 29, Round.Kind.FIRST));
      state = session.sessionState();
    }
    try (EventSession session =
        topic.open(format, Duration.ZERO, new Opening("t", state, 0, 29, Opening.Stage.CHANGES))) {
      SchemaEvent.CreateCollection there = (SchemaEvent.CreateCollection) Story.collection();
      assertThat(session.bind(there.database(), there.collection())).isTrue();
      send(session, new Round(List.of(Story.insert(31, 9)), 35, Round.Kind.FIRST));
    }
    return topic.out();
  }

  private static void send(EventSession session, Round round) throws Exception {
    try (Delivery delivery = session.prepare(round)) {
      assertThat(delivery.send()).isEmpty();
    }
    session.advance(round.upTo());
  }

  @Test
  void existingRowsAreReadEventsAndNoWatermarkComesBeforeTheyAreComplete() throws Exception {
    List<String> told =
        tellExisting(EventFormat.cloudEvents()).stream()
            .map(EventFormatTest::json)
            .map(event -> event.get("type").asText().substring("io.milvus.cdc.".length()))
            .filter(type -> type.startsWith("row") || type.equals("watermark"))
            .toList();
    assertThat(told).containsExactly("row.read", "row.read", "row.inserted", "watermark");
    JsonNode first =
        tellExisting(EventFormat.cloudEvents()).stream()
            .map(EventFormatTest::json)
            .filter(event -> event.get("type").asText().endsWith("row.read"))
            .findFirst()
            .orElseThrow();
    assertThat(first.get("id").asText()).isEqualTo("rows/1/12/29");
  }

  @Test
  void existingRowsOfDebeziumAreReadsOfASnapshot() throws Exception {
    List<JsonNode> rows =
        tellExisting(EventFormat.debezium()).stream()
            .filter(message -> !message.headers().containsKey("content-type"))
            .map(EventFormatTest::json)
            .toList();
    assertThat(rows).extracting(row -> row.get("op").asText()).containsExactly("r", "r", "c");
    assertThat(rows)
        .extracting(row -> row.get("source").get("snapshot").asText())
        .containsExactly("true", "true", "false");
    for (JsonNode row : rows) {
      assertThat(schema("debezium:1").validate(row.toString(), InputFormat.JSON))
          .as("%s", row)
          .isEmpty();
    }
  }

  private static JsonNode json(EventMessage message) {
    try {
      return JSON.readTree(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema schema(String name) throws IOException {
    try (InputStream file =
        EventFormatTest.class.getResourceAsStream(SCHEMAS + name.replace(':', '.') + ".json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Set<String> schemas() throws Exception {
    Path folder = Path.of(EventFormatTest.class.getResource(SCHEMAS).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceAll("\\.(\\d+)\\.json$", ":$1"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyCloudEventIsAsItsSchemaSays() throws Exception {
    for (CloudEvents format :
        List.of(
            EventFormat.cloudEvents(), EventFormat.cloudEvents().int64AsText().vectorsAsBase64())) {
      Set<String> seen = new TreeSet<>();
      List<EventMessage> all = new ArrayList<>(tell(format));
      all.addAll(tellExisting(format));
      for (EventMessage message : all) {
        JsonNode event = json(message);
        String named = event.get("dataschema").asText();
        assertThat(named).startsWith("urn:milvus-cdc:schema:");
        String name = named.substring("urn:milvus-cdc:schema:".length());
        assertThat(schema(name).validate(event.get("data").toString(), InputFormat.JSON))
            .as("%s: %s", name, event)
            .isEmpty();
        assertThat(event.get("type").asText() + ":1").isEqualTo("io.milvus.cdc." + name);
        seen.add(name);
      }
      seen.add("debezium:1");
      assertThat(seen).isEqualTo(schemas());
    }
  }

  @Test
  void everyRowOfDebeziumIsAsItsSchemaSays() throws Exception {
    for (Debezium format : List.of(EventFormat.debezium(), EventFormat.debezium().withSchemas())) {
      List<String> ops = new ArrayList<>();
      for (EventMessage message : tell(format)) {
        if (message.value() == null) {
          ops.add("tombstone");
        } else if (!message.headers().containsKey("content-type")) {
          JsonNode event = json(message);
          assertThat(schema("debezium:1").validate(event.toString(), InputFormat.JSON))
              .as("%s", event)
              .isEmpty();
          ops.add((format.schemas() ? event.get("payload") : event).get("op").asText());
        }
      }
      assertThat(ops)
          .containsExactly("c", "c", "c", "d", "tombstone", "d", "tombstone", "d", "tombstone");
    }
  }

  @Test
  void aSchemaRefusesWhatIsNotSo() throws Exception {
    assertThat(schema("row.inserted:1").validate("{\"database\":\"a\"}", InputFormat.JSON))
        .isNotEmpty();
    assertThat(schema("debezium:1").validate("{\"op\":\"u\"}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void everyTypeIsThere() throws Exception {
    JsonNode event = json(tell(EventFormat.cloudEvents()).get(5));
    assertThat(event.get("subject").asText()).isEqualTo("shop/books");
    assertThat(event.get("data").get("key").asLong()).isEqualTo(2);
    assertThat(event.get("data").get("row"))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":2,"Bool":true,"Int8":2,"Int16":2,"Int32":2,"Int64":2,"Float":0.25,
                 "Double":0.25,"VarChar":"text2","JSON":{"n":2},"Array":[0,1],
                 "FloatVector":[20.0,21.0,22.0,23.0,24.0,25.0,26.0,27.0],"BinaryVector":"Ag==",
                 "Float16Vector":"AgICAgICAgICAgICAgICAg==",
                 "BFloat16Vector":"AgICAgICAgICAgICAgICAg==",
                 "SparseFloatVector":{"0":0.0,"1":0.5},"Int8Vector":"AgICAgICAgI="}
                """));
  }

  @Test
  void vectorsAndLongsAreAsTheyWereAskedFor() throws Exception {
    JsonNode row =
        json(tell(EventFormat.cloudEvents().int64AsText().vectorsAsBase64()).get(4))
            .get("data")
            .get("row");
    assertThat(row.get("Int64").asText()).isEqualTo("1");
    assertThat(row.get("Int64").isTextual()).isTrue();
    assertThat(row.get("FloatVector").binaryValue())
        .startsWith(0, 0, 0x20, 0x41, 0, 0, 0x30, 0x41)
        .hasSize(32);
    assertThat(row.get("SparseFloatVector").binaryValue()).hasSize(8);
  }

  @Test
  void nullsAndDynamicFieldsAreThereAndLongsKeepTheirDigits() throws Exception {
    FieldData.Builder nullable =
        FieldData.newBuilder()
            .setType(DataType.Int64)
            .setFieldName("Int64")
            .setFieldId(105)
            .setScalars(
                ScalarField.newBuilder()
                    .setLongData(LongArray.newBuilder().addData(0).addData(Long.MAX_VALUE)))
            .addValidData(false)
            .addValidData(true);
    FieldData.Builder dynamic =
        FieldData.newBuilder()
            .setType(DataType.JSON)
            .setFieldName("$meta")
            .setIsDynamic(true)
            .setScalars(
                ScalarField.newBuilder()
                    .setJsonData(
                        JSONArray.newBuilder()
                            .addData(ByteString.copyFromUtf8("{\"big\":12345678901234567890.5}"))
                            .addData(ByteString.copyFromUtf8("\"text\""))));
    List<EventMessage> messages =
        tell(
            EventFormat.cloudEvents(),
            List.of(
                Story.insert(
                    31,
                    2,
                    Messages.integers("id", 100, List.of(Long.MAX_VALUE, Long.MIN_VALUE)),
                    List.of(nullable.build(), dynamic.build()))));
    assertThat(new String(messages.get(3).value(), StandardCharsets.UTF_8))
        .contains("\"key\":9223372036854775807")
        .contains("\"Int64\":null")
        .contains("\"$meta\":{\"big\":12345678901234567890.5}");
    assertThat(new String(messages.get(4).value(), StandardCharsets.UTF_8))
        .contains("\"Int64\":9223372036854775807")
        .contains("\"$meta\":\"text\"");
  }

  @Test
  void keysLeadRowsOfOneKeyTogetherAndOutliveARename() throws Exception {
    List<EventMessage> messages = tell(EventFormat.cloudEvents().withTombstones());
    assertThat(messages.subList(3, 12))
        .extracting(EventMessage::key)
        .containsExactly("1/0", "1/1", "1/2", "1/1", "1/1", "1/0", "1/0", "1/2", "1/2");
    assertThat(messages.get(7).value()).isNull();
    assertThat(messages)
        .extracting(EventMessage::key)
        .contains("watermark", "collection.created/1", "alias.set/7/latest/1/50");
  }

  @Test
  void binaryModeHasTheAttributesInHeaders() throws Exception {
    EventMessage message = tell(EventFormat.cloudEvents().binaryMode()).get(4);
    assertThat(message.headers())
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", "s-dml_0/1:31/1")
        .containsEntry("ce_source", "/source")
        .containsEntry("ce_type", "io.milvus.cdc.row.inserted")
        .containsEntry("ce_subject", "shop/books")
        .containsEntry("ce_time", "1970-01-01T00:00:00Z")
        .containsEntry("ce_hybridtimestamp", "31")
        .containsEntry("content-type", "application/json");
    assertThat(json(message).get("row").get("id").asLong()).isEqualTo(1);
  }

  @Test
  void aDeleteOfAThousandKeysIsAThousandEvents() throws Exception {
    List<EventMessage> messages =
        tell(EventFormat.cloudEvents(), List.of(Story.delete(32, -1, Story.keys(1000))));
    assertThat(messages.subList(3, 1003))
        .extracting(message -> json(message).get("data").get("key").asLong())
        .containsExactly(Story.keys(1000));
    assertThat(messages.stream().map(message -> json(message).get("id")).distinct())
        .hasSameSizeAs(messages);
  }
}
