package io.milvus.cdc.targets.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.ScalarField;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that a reader of events gets as they are, or not at all. */
class OddValuesTest {
  private static final byte[] NO_UTF_8 = {'"', (byte) 0xc3, (byte) 0x28, '"'};

  private final FakeTopic topic = new FakeTopic(true, () -> false);

  private List<Refused> tell(EventFormat format, DataEvent... rows) throws Exception {
    try (EventSession session = topic.open(format, Duration.ZERO, new Opening("t", "", 0))) {
      session.apply(Story.database());
      session.apply(Story.collection());
      session.apply(Story.partition());
      try (Delivery delivery = session.prepare(new Round(List.of(rows), 35, Round.Kind.FIRST))) {
        List<Refused> refused = delivery.send();
        session.advance(35);
        return refused;
      }
    }
  }

  private static DataEvent json(byte[] value) {
    return Story.insert(
        31,
        1,
        Messages.integers("id", 100, List.of(5L)),
        List.of(
            FieldData.newBuilder()
                .setType(DataType.JSON)
                .setFieldName("JSON")
                .setFieldId(109)
                .setScalars(
                    ScalarField.newBuilder()
                        .setJsonData(JSONArray.newBuilder().addData(ByteString.copyFrom(value))))
                .build()));
  }

  private static DataEvent json(String value) {
    return json(value.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> rows() {
    return topic.out().stream()
        .filter(message -> message.value() != null)
        .map(message -> new String(message.value(), StandardCharsets.UTF_8))
        .filter(text -> text.contains("\"JSON\":") && !text.contains("\"fields\""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("io.milvus.cdc.contract.OddValues#json")
  void jsonKeepsEveryCharacter(String text) throws Exception {
    assertThat(tell(EventFormat.cloudEvents(), json(text))).isEmpty();

    assertThat(rows()).singleElement().asString().contains("\"JSON\":" + text + "}");
  }

  @ParameterizedTest
  @MethodSource("io.milvus.cdc.contract.OddValues#json")
  void jsonInTheEnvelopeOfDebeziumKeepsEveryCharacter(String text) throws Exception {
    assertThat(tell(EventFormat.debezium(), json(text))).isEmpty();

    String told =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(rows().get(0))
            .get("after")
            .get("JSON")
            .asText();
    assertThat(told).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("io.milvus.cdc.contract.OddValues#brokenJson")
  void brokenJsonIsRefusedWhereItWouldLookLikeAText(String text) throws Exception {
    assertThat(tell(EventFormat.cloudEvents(), json(text)))
        .singleElement()
        .extracting(Refused::why)
        .asString()
        .contains("row s-dml_0/1:31/0", "is not valid JSON");
    assertThat(rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "{", "NaN", ""})
  void brokenJsonIsATextInTheEnvelopeOfDebezium(String text) throws Exception {
    assertThat(tell(EventFormat.debezium(), json(text))).isEmpty();
    assertThat(rows()).singleElement().asString().contains("\"JSON\":\"" + text + "\"");
  }

  static List<EventFormat> formats() {
    return List.of(EventFormat.cloudEvents(), EventFormat.debezium());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void jsonThatIsNoUtf8IsRefused(EventFormat format) throws Exception {
    assertThat(tell(format, json(NO_UTF_8)))
        .singleElement()
        .extracting(Refused::why)
        .asString()
        .contains("Column JSON holds 4 bytes that are no UTF-8");
    assertThat(rows()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aTextThatIsNoUtf8IsRefused(EventFormat format) throws Exception {
    DataEvent good =
        Story.insert(
            31,
            1,
            Messages.integers("id", 100, List.of(5L)),
            List.of(Messages.strings("VarChar", 108, List.of("MARK"))));
    byte[] body = replaced(good.payload().bytes(), "MARK", new byte[] {'a', (byte) 0xc3, '(', 'b'});
    DataEvent bad = new io.milvus.cdc.event.Insert(good.header(), Payload.of(body));

    assertThat(tell(format, bad))
        .singleElement()
        .extracting(Refused::why)
        .asString()
        .contains("Column VarChar cannot be decoded", "UTF-8");
    assertThat(rows()).isEmpty();
  }

  @Test
  void aDeletedKeyThatIsNoUtf8IsRefused() throws Exception {
    DataEvent good = Story.delete(32, -1, 1L);
    byte[] body =
        milvus.proto.msg.Msg.DeleteRequest.parseFrom(good.payload().bytes()).toBuilder()
            .setPrimaryKeys(
                io.milvus.grpc.IDs.newBuilder()
                    .setStrId(io.milvus.grpc.StringArray.newBuilder().addData("MARK")))
            .build()
            .toByteArray();
    DataEvent bad =
        new Delete(
            good.header(),
            Payload.of(replaced(body, "MARK", new byte[] {(byte) 0xff, 'a', 'b', 'c'})));

    assertThat(tell(EventFormat.cloudEvents(), bad))
        .extracting(Refused::event)
        .containsExactly(bad);
  }

  private static byte[] replaced(byte[] all, String mark, byte[] by) {
    byte[] wanted = mark.getBytes(StandardCharsets.US_ASCII);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i + wanted.length <= all.length; i++) {
      if (Arrays.equals(Arrays.copyOfRange(all, i, i + wanted.length), wanted)) {
        places.add(i);
      }
    }
    assertThat(places).hasSize(1);
    byte[] changed = all.clone();
    System.arraycopy(by, 0, changed, places.get(0), by.length);
    return changed;
  }
}
