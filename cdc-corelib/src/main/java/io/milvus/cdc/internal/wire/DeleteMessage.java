package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import io.milvus.grpc.IDs;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.List;
import milvus.proto.msg.Msg;

/**
 * Reads the envelope of a {@code msgpb.DeleteRequest} (milvus-proto msg.proto, 2.3 to 2.5). The
 * keys stay encoded until they are requested.
 */
public final class DeleteMessage extends RowsMessage {
  private static final int NUM_ROWS = 11;
  private static final int PRIMARY_KEYS = 12;

  private final ByteString body;

  private DeleteMessage(ByteString body, Envelope envelope) {
    super(MsgType.Delete, envelope);
    this.body = body;
  }

  /**
   * Reads the envelope.
   *
   * @param bytes retained and shared, not copied: they must not change any more
   */
  public static DeleteMessage parse(byte[] bytes) throws IOException {
    ByteString body = Wire.wrap(bytes);
    DeleteMessage message = of(body);
    return Wire.has(PRIMARY_KEYS, message.rest())
        ? message
        : of(withKeysInTheirField(Msg.DeleteRequest.parseFrom(body)));
  }

  private static DeleteMessage of(ByteString body) throws IOException {
    return new DeleteMessage(
        body, Envelope.read(body, field -> field == NUM_ROWS || field == PRIMARY_KEYS));
  }

  /**
   * Moves integer keys from field 9, which held them before {@code primary_keys} existed. Some
   * writers still fill only that field.
   */
  private static ByteString withKeysInTheirField(Msg.DeleteRequest request) {
    LongArray keys = LongArray.newBuilder().addAllData(request.getInt64PrimaryKeysList()).build();
    return request.toBuilder()
        .clearInt64PrimaryKeys()
        .setPrimaryKeys(IDs.newBuilder().setIntId(keys))
        .build()
        .toByteString();
  }

  /** Returns the keys, integers or texts. */
  public List<Object> values() throws IOException {
    IDs keys = Msg.DeleteRequest.parseFrom(body).getPrimaryKeys();
    return List.copyOf(
        keys.hasStrId() ? keys.getStrId().getDataList() : keys.getIntId().getDataList());
  }

  /** Returns the same message with only some of its keys, by their places in ascending order. */
  public byte[] only(int[] rows) throws IOException {
    Msg.DeleteRequest request = Msg.DeleteRequest.parseFrom(body);
    IDs all = request.getPrimaryKeys();
    IDs.Builder left = IDs.newBuilder();
    Msg.DeleteRequest.Builder changed =
        request.toBuilder().clearTimestamps().setNumRows(rows.length);
    for (int row : rows) {
      changed.addTimestamps(request.getTimestamps(row));
      if (all.hasStrId()) {
        left.getStrIdBuilder().addData(all.getStrId().getData(row));
      } else {
        left.getIntIdBuilder().addData(all.getIntId().getData(row));
      }
    }
    return changed.setPrimaryKeys(left).build().toByteArray();
  }

  /** Returns a message that deletes these keys. */
  public static ByteString of(Address to, IDs keys, int count, long messageId, long timestamp) {
    return Envelope.head(MsgType.Delete, to, messageId, timestamp)
        .concat(Envelope.timestamps(count, timestamp))
        .concat(
            Msg.DeleteRequest.newBuilder()
                .setNumRows(count)
                .setPrimaryKeys(keys)
                .build()
                .toByteString());
  }
}
