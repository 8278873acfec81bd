package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.function.IntPredicate;
import milvus.proto.msg.Msg;

/**
 * Reads the common fields of {@code msgpb.InsertRequest} and {@code msgpb.DeleteRequest}
 * (milvus-proto msg.proto, 2.3 to 2.5): up to 8, and 10. The other fields are never parsed, so a
 * rewritten message shares their bytes.
 */
final class Envelope {
  private static final int SHARD_NAME = 2;
  private static final int COLLECTION_ID = 7;
  private static final int PARTITION_ID = 8;
  private static final int TIMESTAMPS = 10;

  private String shard = "";
  private long collectionId;
  private long partitionId;
  private long timestamp;
  private long oldest = Long.MAX_VALUE;
  private int rows;
  private ByteString timestamps = ByteString.EMPTY;
  private ByteString rest = ByteString.EMPTY;

  private Envelope() {}

  /**
   * Reads a message.
   *
   * @param kept the fields that a rewritten message copies unchanged, besides the envelope's fields
   */
  static Envelope read(ByteString body, IntPredicate kept) throws IOException {
    Envelope envelope = new Envelope();
    envelope.scan(body, kept);
    return envelope;
  }

  String shard() {
    return shard;
  }

  long collectionId() {
    return collectionId;
  }

  long partitionId() {
    return partitionId;
  }

  /** Returns the latest of all timestamps. */
  long timestamp() {
    return timestamp;
  }

  /** Returns the number of timestamps: each row has one timestamp. */
  int rows() {
    return rows;
  }

  /** Returns the fields that are copied unchanged. */
  ByteString rest() {
    return rest;
  }

  /** Rows keep their own timestamps if the newest one stays, and if all are above a bound. */
  ByteString rewrite(MsgType type, Address to, long messageId, long newTimestamp, long above) {
    boolean own = newTimestamp == timestamp && oldest > above;
    ByteString stamps = own ? timestamps : timestamps(rows, newTimestamp);
    return head(type, to, messageId, newTimestamp).concat(stamps).concat(rest);
  }

  /** Returns the fields up to 8 of either kind of message. */
  static ByteString head(MsgType type, Address to, long messageId, long timestamp) {
    return Msg.InsertRequest.newBuilder()
        .setBase(MsgBase.newBuilder().setMsgType(type).setMsgID(messageId).setTimestamp(timestamp))
        .setShardName(to.shard())
        .setDbName(to.database())
        .setCollectionName(to.collection())
        .setPartitionName(to.partition())
        .setCollectionID(to.collectionId())
        .setPartitionID(to.partitionId())
        .build()
        .toByteString();
  }

  /** Returns field 10 with the same timestamp for every row. */
  static ByteString timestamps(int rows, long timestamp) {
    int each = CodedOutputStream.computeUInt64SizeNoTag(timestamp);
    int header =
        CodedOutputStream.computeTagSize(TIMESTAMPS)
            + CodedOutputStream.computeUInt32SizeNoTag(rows * each);
    byte[] field = new byte[header + rows * each];
    CodedOutputStream output = CodedOutputStream.newInstance(field);
    try {
      output.writeTag(TIMESTAMPS, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      output.writeUInt32NoTag(rows * each);
      for (int row = 0; row < rows; row++) {
        output.writeUInt64NoTag(timestamp);
      }
    } catch (IOException e) {
      throw new IllegalStateException("There is room for all written bytes", e);
    }
    return Wire.wrap(field);
  }

  private void scan(ByteString body, IntPredicate kept) throws IOException {
    CodedInputStream input = Wire.reader(body);
    int fieldStart = 0;
    int runStart = -1;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      readField(field, tag, input);
      boolean passesThrough = field != TIMESTAMPS && kept.test(field);
      if (passesThrough && runStart < 0) {
        runStart = fieldStart;
      } else if (!passesThrough && runStart >= 0) {
        rest = rest.concat(body.substring(runStart, fieldStart));
        runStart = -1;
      }
      int fieldEnd = input.getTotalBytesRead();
      if (field == TIMESTAMPS) {
        timestamps = timestamps.concat(body.substring(fieldStart, fieldEnd));
      }
      fieldStart = fieldEnd;
    }
    if (runStart >= 0) {
      rest = rest.concat(body.substring(runStart, fieldStart));
    }
  }

  private void readField(int field, int tag, CodedInputStream input) throws IOException {
    switch (field) {
      case SHARD_NAME -> shard = input.readStringRequireUtf8();
      case COLLECTION_ID -> collectionId = input.readInt64();
      case PARTITION_ID -> partitionId = input.readInt64();
      case TIMESTAMPS -> readTimestamps(tag, input);
      default -> input.skipField(tag);
    }
  }

  private void readTimestamps(int tag, CodedInputStream input) throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
      readTimestamp(input);
      return;
    }
    int limit = input.pushLimit(input.readRawVarint32());
    while (!input.isAtEnd()) {
      readTimestamp(input);
    }
    input.popLimit(limit);
  }

  private void readTimestamp(CodedInputStream input) throws IOException {
    long one = input.readUInt64();
    timestamp = Math.max(timestamp, one);
    oldest = Math.min(oldest, one);
    rows++;
  }
}
