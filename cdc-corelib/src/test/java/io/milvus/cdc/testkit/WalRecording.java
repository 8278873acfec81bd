package io.milvus.cdc.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.wal.WalMessage;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.MessageID;
import io.milvus.grpc.WALName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The logs of real servers, as they were recorded. */
public final class WalRecording {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final int BASE = 36;

  private WalRecording() {}

  /** Returns the lines of a compressed golden file. */
  public static List<JsonNode> lines(String name) {
    try (InputStream file = WalRecording.class.getResourceAsStream("/golden/" + name);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      return JSON.readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the messages that DumpMessages sent, in the order of their ticks. */
  public static List<WalMessage> dumped(String name) {
    return lines(name).stream()
        .map(
            one ->
                message(
                    one.path("pchannel").asText(),
                    one.path("id").asText(),
                    one.path("wal").asText(),
                    one.path("props"),
                    one))
        .sorted(Comparator.comparing(WalRecording::tick))
        .toList();
  }

  /** Returns the messages of each channel as DumpMessages sent them, bodies cut or not. */
  public static Map<String, List<ImmutableMessage>> channels(String name) {
    Map<String, List<ImmutableMessage>> channels = new TreeMap<>();
    for (JsonNode line : lines(name)) {
      channels
          .computeIfAbsent(line.path("pchannel").asText(), none -> new ArrayList<>())
          .add(sent(line));
    }
    return channels;
  }

  private static ImmutableMessage sent(JsonNode line) {
    ImmutableMessage.Builder message =
        ImmutableMessage.newBuilder()
            .setId(
                MessageID.newBuilder()
                    .setWALName(WALName.valueOf(line.path("wal").asText()))
                    .setId(line.path("id").asText()))
            .setPayload(ByteString.copyFrom(HEX.parseHex(line.path("payload").asText())));
    line.path("props")
        .properties()
        .forEach(one -> message.putProperties(one.getKey(), one.getValue().asText()));
    return message.build();
  }

  /** Returns the messages that Milvus pushed to a standby, in the order of their ticks. */
  public static List<WalMessage> pushed(String name) {
    return lines(name).stream()
        .filter(one -> one.path("event").asText().equals("message"))
        .map(
            one ->
                message(
                    channelOf(one.path("props").path("_vc").asText()),
                    one.path("id").asText(),
                    one.path("wal").asText(),
                    one.path("props"),
                    one))
        .sorted(Comparator.comparing(WalRecording::tick))
        .toList();
  }

  /** Returns the messages of Kafka's topics, in the order of the topics. */
  public static List<WalMessage> ofTopics(String name) {
    return lines(name).stream()
        .map(
            one ->
                message(
                    one.path("topic").asText(),
                    Long.toString(one.path("offset").asLong(), BASE),
                    "Kafka",
                    one.path("headers"),
                    one))
        .toList();
  }

  private static String channelOf(String shard) {
    return shard.substring(0, shard.lastIndexOf('_'));
  }

  /** Returns whether the body is shorter than it was. */
  public static boolean isCut(WalMessage message) {
    return message.properties().containsKey("cut");
  }

  public static long tick(WalMessage message) {
    return Long.parseUnsignedLong(message.properties().get("_tt"), BASE);
  }

  private static WalMessage message(
      String channel, String id, String wal, JsonNode properties, JsonNode line) {
    Map<String, String> all = new TreeMap<>();
    properties.properties().forEach(one -> all.put(one.getKey(), one.getValue().asText()));
    if (line.path("payload_cut").asBoolean()) {
      all.put("cut", "");
    }
    return new WalMessage(
        channel, id, wal, all, Payload.of(HEX.parseHex(line.path("payload").asText())));
  }
}
