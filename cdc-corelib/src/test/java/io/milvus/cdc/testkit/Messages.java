package io.milvus.cdc.testkit;

import com.google.protobuf.ByteString;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IDs;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import milvus.proto.msg.Msg;

/** Messages as a source's proxies write them. */
public final class Messages {
  /** The field id of the primary key in all of them. */
  public static final long KEY_FIELD = 100;

  private Messages() {}

  public static MsgBase base(MsgType type, long id, long timestamp) {
    return MsgBase.newBuilder()
        .setMsgType(type)
        .setMsgID(id)
        .setTimestamp(timestamp)
        .setSourceID(3)
        .build();
  }

  /** Rows with integer keys and a two-dimensional vector. */
  public static Msg.InsertRequest insert(
      String shard, long collection, long partition, long timestamp, Long... keys) {
    List<Long> ids = Arrays.asList(keys);
    return insert(
        shard, collection, partition, timestamp, ids.size(), integers("id", KEY_FIELD, ids));
  }

  public static Msg.InsertRequest insert(
      String shard, long collection, long partition, long timestamp, int rows, FieldData keys) {
    return Msg.InsertRequest.newBuilder()
        .setBase(base(MsgType.Insert, 7, timestamp))
        .setShardName(shard)
        .setDbName("source_db")
        .setCollectionName("source_name")
        .setPartitionName("source_partition")
        .setDbID(1)
        .setCollectionID(collection)
        .setPartitionID(partition)
        .setSegmentID(4711)
        .addAllTimestamps(Collections.nCopies(rows, timestamp))
        .addAllRowIDs(Collections.nCopies(rows, 12L))
        .addFieldsData(vectors("vec", 101, rows))
        .addFieldsData(keys)
        .setNumRows(rows)
        .setVersion(Msg.InsertDataVersion.ColumnBased)
        .build();
  }

  public static FieldData integers(String name, long field, List<Long> values) {
    return FieldData.newBuilder()
        .setType(DataType.Int64)
        .setFieldName(name)
        .setFieldId(field)
        .setScalars(ScalarField.newBuilder().setLongData(LongArray.newBuilder().addAllData(values)))
        .build();
  }

  public static FieldData strings(String name, long field, List<String> values) {
    return FieldData.newBuilder()
        .setType(DataType.VarChar)
        .setFieldName(name)
        .setFieldId(field)
        .setScalars(
            ScalarField.newBuilder().setStringData(StringArray.newBuilder().addAllData(values)))
        .build();
  }

  /** An insert of one row whose envelope is fine, and whose columns nobody can decode. */
  public static byte[] garbledInsert(
      String shard, long collection, long partition, long timestamp) {
    ByteString envelope =
        insert(shard, collection, partition, timestamp, 1L).toBuilder()
            .clearFieldsData()
            .build()
            .toByteString();
    return envelope.concat(unknownField(13, "\b")).toByteArray();
  }

  private static FieldData vectors(String name, long field, int rows) {
    FloatArray.Builder floats = FloatArray.newBuilder();
    for (int i = 0; i < 2 * rows; i++) {
      floats.addData(i / 8f);
    }
    return FieldData.newBuilder()
        .setType(DataType.FloatVector)
        .setFieldName(name)
        .setFieldId(field)
        .setVectors(VectorField.newBuilder().setDim(2).setFloatVector(floats))
        .build();
  }

  /** Removes integer keys; partition -1 for all of them. */
  public static Msg.DeleteRequest delete(
      String shard, long collection, long partition, long timestamp, Long... keys) {
    IDs ids =
        IDs.newBuilder().setIntId(LongArray.newBuilder().addAllData(Arrays.asList(keys))).build();
    return Msg.DeleteRequest.newBuilder()
        .setBase(base(MsgType.Delete, 8, timestamp))
        .setShardName(shard)
        .setCollectionName("source_name")
        .setCollectionID(collection)
        .setPartitionID(partition)
        .addAllTimestamps(Collections.nCopies(keys.length, timestamp))
        .setNumRows(keys.length)
        .setPrimaryKeys(ids)
        .build();
  }

  public static Msg.TimeTickMsg tick(long timestamp) {
    return Msg.TimeTickMsg.newBuilder().setBase(base(MsgType.TimeTick, 0, timestamp)).build();
  }

  public static Msg.DropCollectionRequest drop(long collection, long timestamp) {
    return Msg.DropCollectionRequest.newBuilder()
        .setBase(base(MsgType.DropCollection, 9, timestamp))
        .setCollectionID(collection)
        .build();
  }

  /** The array kinds of a column that are not used as keys. */
  public static FieldData arrays(String name, long field, int rows) {
    return FieldData.newBuilder()
        .setType(DataType.Array)
        .setFieldName(name)
        .setFieldId(field)
        .setScalars(
            ScalarField.newBuilder()
                .setArrayData(
                    io.milvus.grpc.ArrayArray.newBuilder()
                        .setElementType(DataType.Int64)
                        .addAllData(Collections.nCopies(rows, ScalarField.getDefaultInstance()))))
        .build();
  }

  /** A field that no Milvus has yet, as it would lie on the wire. */
  public static ByteString unknownField(int number, String text) {
    byte[] value = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ByteString.Output out = ByteString.newOutput();
    try {
      var coded = com.google.protobuf.CodedOutputStream.newInstance(out);
      coded.writeByteArray(number, value);
      coded.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteString();
  }
}
