package io.milvus.cdc.internal.decode;

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
import io.milvus.cdc.internal.wire.DeleteMessage;
import io.milvus.cdc.internal.wire.InsertMessage;
import io.milvus.cdc.internal.wire.RowsMessage;
import io.milvus.cdc.internal.wire.Wire;
import io.milvus.grpc.MsgBase;
import java.io.IOException;
import milvus.proto.msg.Msg;

/**
 * Decodes the messages of one physical channel by the type in their payload. The queue's {@code
 * msg_type} property exists only in some versions and only on some messages (2.4.12 and later).
 */
public final class MessageDecoder {
  private final String channel;

  public MessageDecoder(String channel) {
    this.channel = channel;
  }

  /** Returns the event in this body. Never throws because of its bytes: see {@link Unknown}. */
  public ChannelEvent decode(Position position, Payload payload) {
    try {
      MsgBase base = Wire.baseOf(payload.bytes());
      return switch (base.getMsgType()) {
        case Insert ->
            new Insert(header(position, base, InsertMessage.parse(payload.bytes())), payload);
        case Delete ->
            new Delete(header(position, base, DeleteMessage.parse(payload.bytes())), payload);
        case TimeTick -> new TimeTick(position, base.getTimestamp());
        case DropCollection ->
            new DropMarker(
                position,
                base.getTimestamp(),
                Msg.DropCollectionRequest.parseFrom(payload.bytes()).getCollectionID());
        case CreateCollection, CreatePartition, DropPartition -> new Ignored(position);
        default -> unknown(position, payload, "its type is " + base.getMsgTypeValue());
      };
    } catch (IOException e) {
      return unknown(position, payload, String.valueOf(e.getMessage()));
    }
  }

  private RowsHeader header(Position position, MsgBase base, RowsMessage message) {
    return new RowsHeader(
        channel,
        position,
        message.timestamp(),
        message.collectionId(),
        message.partitionId(),
        message.shard(),
        message.rows(),
        base.getMsgID());
  }

  private static Unknown unknown(Position position, Payload payload, String why) {
    return new Unknown(position, why, payload);
  }
}
