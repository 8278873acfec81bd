package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.queue.QueueSettings;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import milvus.proto.msg.Msg.MsgPosition;

/** Converts positions of Milvus and its tools: a MsgPosition in base 64. */
final class MessagePositions {
  /**
   * The suffix that Milvus appends to a physical channel's name: the collection's id and the shard.
   */
  private static final Pattern SHARD = Pattern.compile("_\\d+v\\d+$");

  private final QueueSettings queue;

  MessagePositions(QueueSettings queue) {
    this.queue = queue;
  }

  /**
   * Reads positions. The earliest of their timestamps is the watermark: reading a row twice is
   * better than missing it.
   */
  StartFrom.At read(Map<String, String> byChannel) {
    Map<String, Position> positions = new HashMap<>();
    long watermark = Long.MAX_VALUE;
    for (Map.Entry<String, String> entry : byChannel.entrySet()) {
      MsgPosition message = parse(entry.getKey(), entry.getValue());
      String channel = SHARD.matcher(entry.getKey()).replaceFirst("");
      positions.put(channel, queue.positionOf(message.getMsgID().toByteArray()));
      watermark = Math.min(watermark, message.getTimestamp());
    }
    return new StartFrom.At(
        positions.isEmpty() ? HybridTime.ZERO : new HybridTime(watermark), positions);
  }

  private static MsgPosition parse(String channel, String text) {
    try {
      return MsgPosition.parseFrom(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      throw new ConfigException(
          "The position of channel '%s' is no Milvus position: %s."
              .formatted(channel, e.getMessage()),
          "Set a MsgPosition in base 64.",
          e);
    }
  }

  String write(String channel, Position position, HybridTime timestamp) {
    return Base64.getEncoder()
        .encodeToString(
            MsgPosition.newBuilder()
                .setChannelName(channel)
                .setMsgID(ByteString.copyFrom(queue.messageIdOf(position)))
                .setTimestamp(timestamp.value())
                .build()
                .toByteArray());
  }
}
