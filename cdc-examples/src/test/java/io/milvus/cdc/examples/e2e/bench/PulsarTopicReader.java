package io.milvus.cdc.examples.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.examples.rebuild.Rebuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.ClientBuilder;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.Reader;

/** Reads a topic of Pulsar; whatever has one id must be one event. */
public final class PulsarTopicReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Rebuild rebuild = new Rebuild(1);

  /** A hash of the data of each event, by its id. */
  private final Map<String, Integer> events = new HashMap<>();

  private int copies;

  private PulsarTopicReader() {}

  /** Reads until all up to this timestamp of the source is told. */
  public static PulsarTopicReader read(String address, String topic, long upTo) throws Exception {
    return read(PulsarClient.builder().serviceUrl(address), topic, upTo);
  }

  public static PulsarTopicReader read(ClientBuilder way, String topic, long upTo)
      throws Exception {
    PulsarTopicReader all = new PulsarTopicReader();
    try (PulsarClient client = way.build();
        Reader<byte[]> reader =
            client.newReader().topic(topic).startMessageId(MessageId.earliest).create()) {
      while (all.rebuild.upTo() < upTo) {
        Message<byte[]> message = reader.readNext(60, TimeUnit.SECONDS);
        assertThat(message).as("told up to %d, not to %d", all.rebuild.upTo(), upTo).isNotNull();
        all.take(message.getData());
      }
    }
    System.out.println("%d events, %d copies".formatted(all.events.size(), all.copies));
    return all;
  }

  private void take(byte[] message) {
    JsonNode event = parse(message);
    String id = event.get("id").asText();
    int data = String.valueOf(event.get("data")).hashCode();
    Integer before = events.put(id, data);
    if (before != null) {
      copies++;
      assertThat(data).as("the copy of event %s", id).isEqualTo(before);
    }
    rebuild.take(0, message);
  }

  private static JsonNode parse(byte[] message) {
    try {
      return JSON.readTree(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Rebuild rebuild() {
    return rebuild;
  }

  /** How many events came that had come before. */
  public int copies() {
    return copies;
  }
}
