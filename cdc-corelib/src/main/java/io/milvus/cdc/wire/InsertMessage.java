package io.milvus.cdc.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.IDs;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.Collections;
import milvus.proto.msg.Msg;

/**
 * A {@code msgpb.InsertRequest} (milvus-proto msg.proto, 2.3 to 2.5), taken apart at its envelope:
 * the columns stay as they came and are never parsed, so a rewritten message shares their bytes.
 */
public final class InsertMessage implements RowsMessage {
  private static final int SHARD_NAME = 2;
  private static final int COLLECTION_ID = 7;
  private static final int PARTITION_ID = 8;
  private static final int SEGMENT_ID = 9;
  private static final int TIMESTAMPS = 10;
  private static final int FIELDS_DATA = 13;
  private static final int NUM_ROWS = 14;

  /** {@code FieldData.field_id} in schema.proto. */
  private static final int FIELD_ID = 5;

  private final ByteString body;
  private String shard = "";
  private long collectionId;
  private long partitionId;
  private long timestamp;
  private int rows;
  private ByteString timestamps = ByteString.EMPTY;
  private ByteString columns = ByteString.EMPTY;

  private InsertMessage(ByteString body) {
    this.body = body;
  }

  /**
   * Reads the envelope.
   *
   * @param bytes kept and shared, not copied: they must not change any more
   */
  public static InsertMessage parse(byte[] bytes) throws IOException {
    InsertMessage message = new InsertMessage(Wire.wrap(bytes));
    message.scan();
    return message;
  }

  @Override
  public String shard() {
    return shard;
  }

  @Override
  public long collectionId() {
    return collectionId;
  }

  @Override
  public long partitionId() {
    return partitionId;
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public ByteString rewrite(Address to, long messageId, long newTimestamp) {
    Msg.InsertRequest.Builder envelope =
        Msg.InsertRequest.newBuilder()
            .setBase(
                MsgBase.newBuilder()
                    .setMsgType(MsgType.Insert)
                    .setMsgID(messageId)
                    .setTimestamp(newTimestamp))
            .setShardName(to.shard())
            .setDbName(to.database())
            .setCollectionName(to.collection())
            .setPartitionName(to.partition())
            .setCollectionID(to.collectionId())
            .setPartitionID(to.partitionId());
    if (newTimestamp == timestamp) {
      return envelope.build().toByteString().concat(timestamps).concat(columns);
    }
    envelope.addAllTimestamps(Collections.nCopies(rows, newTimestamp));
    return envelope.build().toByteString().concat(columns);
  }

  /** The primary keys of the rows. Parses that one column only. */
  public IDs keys(long primaryKeyField) throws IOException {
    CodedInputStream input = Wire.reader(columns);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == FIELDS_DATA) {
        ByteString column = input.readBytes();
        if (fieldIdOf(column) == primaryKeyField) {
          return idsOf(FieldData.parseFrom(column));
        }
      } else {
        input.skipField(tag);
      }
    }
    throw new IOException("no column has the primary key's field id " + primaryKeyField);
  }

  private static long fieldIdOf(ByteString column) throws IOException {
    CodedInputStream input = Wire.reader(column);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == FIELD_ID) {
        return input.readInt64();
      }
      input.skipField(tag);
    }
    return 0;
  }

  private static IDs idsOf(FieldData column) {
    IDs.Builder ids = IDs.newBuilder();
    if (column.getScalars().hasStringData()) {
      ids.setStrId(column.getScalars().getStringData());
    } else {
      ids.setIntId(column.getScalars().getLongData());
    }
    return ids.build();
  }

  private void scan() throws IOException {
    CodedInputStream input = Wire.reader(body);
    int fieldStart = 0;
    int runStart = -1;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      readField(field, tag, input);
      boolean passesThrough = field > SEGMENT_ID && field != TIMESTAMPS;
      if (passesThrough && runStart < 0) {
        runStart = fieldStart;
      } else if (!passesThrough && runStart >= 0) {
        columns = columns.concat(body.substring(runStart, fieldStart));
        runStart = -1;
      }
      int fieldEnd = input.getTotalBytesRead();
      if (field == TIMESTAMPS) {
        timestamps = timestamps.concat(body.substring(fieldStart, fieldEnd));
      }
      fieldStart = fieldEnd;
    }
    if (runStart >= 0) {
      columns = columns.concat(body.substring(runStart, fieldStart));
    }
  }

  private void readField(int field, int tag, CodedInputStream input) throws IOException {
    switch (field) {
      case SHARD_NAME -> shard = input.readString();
      case COLLECTION_ID -> collectionId = input.readInt64();
      case PARTITION_ID -> partitionId = input.readInt64();
      case TIMESTAMPS -> readTimestamps(tag, input);
      case NUM_ROWS -> rows = (int) input.readUInt64();
      default -> input.skipField(tag);
    }
  }

  private void readTimestamps(int tag, CodedInputStream input) throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
      timestamp = Math.max(timestamp, input.readUInt64());
      return;
    }
    int limit = input.pushLimit(input.readRawVarint32());
    while (!input.isAtEnd()) {
      timestamp = Math.max(timestamp, input.readUInt64());
    }
    input.popLimit(limit);
  }
}
