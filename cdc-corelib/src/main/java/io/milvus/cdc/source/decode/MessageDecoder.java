package io.milvus.cdc.source.decode;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.DropMarker;
import io.milvus.cdc.event.Ignored;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.wire.DeleteMessage;
import io.milvus.cdc.wire.InsertMessage;
import io.milvus.cdc.wire.Wire;
import io.milvus.grpc.MsgBase;
import java.io.IOException;
import milvus.proto.msg.Msg;

/**
 * Decodes the messages of one physical channel by the type in their payload: the queue's {@code
 * msg_type} property exists only in some versions and only on some messages (2.4.12 and later).
 */
public final class MessageDecoder {
  private final String channel;

  public MessageDecoder(String channel) {
    this.channel = channel;
  }

  /** The event in this body. Never throws for what the bytes hold: see {@link Unknown}. */
  public ChannelEvent decode(Position position, byte[] body) {
    try {
      MsgBase base = Wire.baseOf(body);
      return switch (base.getMsgType()) {
        case Insert -> insert(position, body);
        case Delete -> delete(position, body);
        case TimeTick -> new TimeTick(position, base.getTimestamp());
        case DropCollection ->
            new DropMarker(
                position,
                base.getTimestamp(),
                Msg.DropCollectionRequest.parseFrom(body).getCollectionID());
        case CreateCollection, CreatePartition, DropPartition -> new Ignored(position);
        default -> unknown(position, body, "its type is " + base.getMsgTypeValue());
      };
    } catch (IOException e) {
      return unknown(position, body, String.valueOf(e.getMessage()));
    }
  }

  private ChannelEvent insert(Position position, byte[] body) throws IOException {
    InsertMessage message = InsertMessage.parse(body);
    return new Insert(
        new RowsHeader(
            channel,
            position,
            message.timestamp(),
            message.collectionId(),
            message.partitionId(),
            message.shard(),
            message.rows()),
        Payload.of(body));
  }

  private ChannelEvent delete(Position position, byte[] body) throws IOException {
    DeleteMessage message = DeleteMessage.parse(body);
    return new Delete(
        new RowsHeader(
            channel,
            position,
            message.timestamp(),
            message.collectionId(),
            message.partitionId(),
            message.shard(),
            message.rows()),
        Payload.of(body));
  }

  private static Unknown unknown(Position position, byte[] body, String why) {
    return new Unknown(position, why, Payload.of(body));
  }
}
