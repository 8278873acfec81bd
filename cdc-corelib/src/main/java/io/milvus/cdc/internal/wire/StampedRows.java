package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import milvus.proto.msg.Msg;

/**
 * Holds rows or keys whose body has neither their time nor their shard, as Milvus 2.6 and later
 * send them (pkg/streaming/util/message/adaptor, recoverInsertMsgFromHeader). The columns stay
 * encoded.
 */
public final class StampedRows {
  /** Since 3.0: a delete of all rows that an expression selects, instead of keys. */
  private static final int DELETE_EXPRESSION = 14;

  private final MsgType type;
  private final Envelope envelope;
  private final int rows;

  private StampedRows(MsgType type, Envelope envelope, int rows) {
    this.type = type;
    this.envelope = envelope;
    this.rows = rows;
  }

  /**
   * Reads a {@code msgpb.InsertRequest}.
   *
   * @param bytes retained and shared, not copied: they must not change any more
   */
  public static StampedRows insert(byte[] bytes) throws IOException {
    return read(MsgType.Insert, bytes, Msg.InsertRequest.NUM_ROWS_FIELD_NUMBER);
  }

  /**
   * Reads a {@code msgpb.DeleteRequest}.
   *
   * @param bytes retained and shared, not copied: they must not change any more
   */
  public static StampedRows delete(byte[] bytes) throws IOException {
    if (Wire.has(DELETE_EXPRESSION, Wire.wrap(bytes))) {
      throw new IOException("it deletes by an expression instead of keys");
    }
    return read(MsgType.Delete, bytes, Msg.DeleteRequest.NUM_ROWS_FIELD_NUMBER);
  }

  private static StampedRows read(MsgType type, byte[] bytes, int countField) throws IOException {
    Envelope envelope =
        Envelope.read(Wire.wrap(bytes), field -> field > Msg.InsertRequest.SHARDNAME_FIELD_NUMBER);
    long rows = count(countField, envelope.rest());
    if (rows <= 0 || rows > bytes.length) {
      throw new IOException("it claims %d rows in %d bytes".formatted(rows, bytes.length));
    }
    return new StampedRows(type, envelope, (int) rows);
  }

  private static long count(int field, ByteString fields) throws IOException {
    CodedInputStream input = Wire.reader(fields);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
        return input.readInt64();
      }
      input.skipField(tag);
    }
    return 0;
  }

  public boolean deletes() {
    return type == MsgType.Delete;
  }

  public long collectionId() {
    return envelope.collectionId();
  }

  /** Returns the partition, or -1 if a delete names no partition. */
  public long partitionId() {
    return envelope.partitionId();
  }

  public int count() {
    return rows;
  }

  /**
   * Returns a body in which all rows have this shard and this timestamp. Copies the columns once.
   */
  public byte[] at(String shard, long timestamp) {
    return Msg.InsertRequest.newBuilder()
        .setBase(MsgBase.newBuilder().setMsgType(type).setTimestamp(timestamp))
        .setShardName(shard)
        .build()
        .toByteString()
        .concat(Envelope.timestamps(rows, timestamp))
        .concat(envelope.rest())
        .toByteArray();
  }
}
