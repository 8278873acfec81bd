package io.milvus.cdc.wire;

import com.google.protobuf.ByteString;
import io.milvus.grpc.IDs;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import milvus.proto.msg.Msg;

/** A {@code msgpb.DeleteRequest} (milvus-proto msg.proto, 2.3 to 2.5): keys, no vectors. */
public final class DeleteMessage implements RowsMessage {
  private final Msg.DeleteRequest request;

  private DeleteMessage(Msg.DeleteRequest request) {
    this.request = request;
  }

  public static DeleteMessage parse(byte[] body) throws IOException {
    return new DeleteMessage(Msg.DeleteRequest.parseFrom(Wire.wrap(body)));
  }

  @Override
  public String shard() {
    return request.getShardName();
  }

  @Override
  public long collectionId() {
    return request.getCollectionID();
  }

  @Override
  public long partitionId() {
    return request.getPartitionID();
  }

  @Override
  public long timestamp() {
    return request.getTimestampsList().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  @Override
  public int rows() {
    return request.getTimestampsCount();
  }

  @Override
  public ByteString rewrite(Address to, long messageId, long timestamp) {
    return of(to, keys(), rows(), messageId, timestamp);
  }

  /** The keys, integers or texts. */
  public List<Object> values() {
    IDs keys = keys();
    return List.copyOf(
        keys.hasStrId() ? keys.getStrId().getDataList() : keys.getIntId().getDataList());
  }

  /** The same message with only some of its keys, by their places in ascending order. */
  public byte[] only(int[] rows) {
    IDs all = keys();
    IDs.Builder left = IDs.newBuilder();
    Msg.DeleteRequest.Builder changed =
        request.toBuilder().clearTimestamps().clearInt64PrimaryKeys().setNumRows(rows.length);
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

  /** Deletes these keys. */
  public static ByteString of(Address to, IDs keys, int count, long messageId, long timestamp) {
    return Msg.DeleteRequest.newBuilder()
        .setBase(
            MsgBase.newBuilder()
                .setMsgType(MsgType.Delete)
                .setMsgID(messageId)
                .setTimestamp(timestamp))
        .setShardName(to.shard())
        .setDbName(to.database())
        .setCollectionName(to.collection())
        .setPartitionName(to.partition())
        .setCollectionID(to.collectionId())
        .setPartitionID(to.partitionId())
        .addAllTimestamps(Collections.nCopies(count, timestamp))
        .setNumRows(count)
        .setPrimaryKeys(keys)
        .build()
        .toByteString();
  }

  /**
   * Field 9 held integer keys before {@code primary_keys} existed; some writers still fill only
   * that.
   */
  private IDs keys() {
    if (request.hasPrimaryKeys()) {
      return request.getPrimaryKeys();
    }
    return IDs.newBuilder()
        .setIntId(LongArray.newBuilder().addAllData(request.getInt64PrimaryKeysList()))
        .build();
  }
}
