package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages with the properties that Milvus 2.6 gives them, and 2.5 still without. */
class StreamingFormatTest {
  private final Map<String, QueueMessage> messages = new HashMap<>();

  StreamingFormatTest() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/golden/milvus-2.6.1-wal.jsonl")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode node = new ObjectMapper().readTree(line);
        Map<String, String> properties = new HashMap<>();
        node.path("properties")
            .properties()
            .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
        messages.put(
            node.path("name").asText(),
            new QueueMessage(
                new Position("1:1"),
                Payload.of(HexFormat.of().parseHex(node.path("payload_hex").asText())),
                properties));
      }
    }
  }

  private ChannelEvent read(String name) throws InterruptedException {
    try (MilvusChannelReader reader =
        new MilvusChannelReader("dml_0", new One(messages.get(name)), () -> {}, closed -> {})) {
      return reader.poll(Duration.ZERO);
    }
  }

  @Test
  void everyMessageOfTheStreamingFormatIsRefusedByName() {
    List<String> streaming = new ArrayList<>();
    messages.forEach(
        (name, message) -> {
          if (message.properties().containsKey("_v")) {
            streaming.add(name);
          }
        });
    assertThat(streaming).hasSize(6);
    for (String name : streaming) {
      assertThatThrownBy(() -> read(name))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("2.6")
          .hasMessageContaining("dml_0");
    }
  }

  @Test
  void plainMessagesWithATypeInTheirPropertiesAreRead() throws Exception {
    assertThat(messages.get("msgstream_insert").properties()).containsEntry("msg_type", "Insert");
    assertThat(read("msgstream_insert")).isInstanceOf(DataEvent.class);
    assertThat(read("msgstream_delete")).isInstanceOf(DataEvent.class);
    assertThat(read("msgstream_timetick")).isInstanceOf(TimeTick.class);
  }

  /** A topic with one message. */
  private record One(QueueMessage message) implements QueueReader {
    @Override
    public QueueMessage poll(Duration timeout) {
      return message;
    }

    @Override
    public void acknowledgeBefore(Position position) {}

    @Override
    public void suspend() {}

    @Override
    public void skipTo(Position position) {}

    @Override
    public void resume() {}

    @Override
    public void close() {}
  }
}
