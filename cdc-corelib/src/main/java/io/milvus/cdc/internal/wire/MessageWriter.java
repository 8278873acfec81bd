package io.milvus.cdc.internal.wire;

import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IDs;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/**
 * Writes a collection's messages from Java values, as a Milvus would. Immutable. The messages are
 * {@code msgpb.InsertRequest} and {@code msgpb.DeleteRequest} of milvus-proto 2.3 to 2.5.
 */
public final class MessageWriter {
  /** Lower ids are Milvus's system fields. */
  private static final long FIRST_FIELD = 100;

  private static final String TEXT = "VarChar";

  /** The most bytes of a text, and the most elements of an array, in a Milvus. */
  private static final int MOST_BYTES = 65_535;

  private static final int MOST_ELEMENTS = 4_096;

  private final CollectionSchema schema;

  private MessageWriter(CollectionSchema schema) {
    this.schema = schema;
  }

  /** Returns a writer for a collection of this schema. */
  public static MessageWriter of(io.milvus.cdc.catalog.CollectionSchema schema) throws IOException {
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(schema.encoded());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new MessageWriter(CollectionSchema.parseFrom(encoded));
  }

  /** Returns the schema of a collection of these fields, which get the ids from 100 on. */
  public static io.milvus.cdc.catalog.CollectionSchema schema(
      String collection, List<WrittenField> fields) {
    CollectionSchema.Builder schema = CollectionSchema.newBuilder().setName(collection);
    long key = 0;
    for (WrittenField field : fields) {
      long id = FIRST_FIELD + schema.getFieldsCount();
      key = field.key() ? id : key;
      FieldSchema.Builder one =
          schema
              .addFieldsBuilder()
              .setFieldID(id)
              .setName(field.name())
              .setDataType(DataType.valueOf(field.type()))
              .setIsPrimaryKey(field.key());
      if (!field.elementType().isEmpty()) {
        one.setElementType(DataType.valueOf(field.elementType()));
        one.addTypeParams(parameter("max_capacity", MOST_ELEMENTS));
      }
      if (field.type().equals(TEXT) || field.elementType().equals(TEXT)) {
        one.addTypeParams(parameter("max_length", MOST_BYTES));
      }
      if (field.dimension() > 0) {
        one.addTypeParams(parameter("dim", field.dimension()));
      }
    }
    return new io.milvus.cdc.catalog.CollectionSchema(
        Base64.getEncoder().encodeToString(schema.build().toByteArray()), key, false);
  }

  private static KeyValuePair parameter(String name, int value) {
    return KeyValuePair.newBuilder().setKey(name).setValue(Integer.toString(value)).build();
  }

  /**
   * Returns an insert of rows, which have a value for every field.
   *
   * @throws IllegalArgumentException if a field cannot hold its value
   */
  public byte[] insert(
      Address to, long messageId, long timestamp, List<? extends Map<String, ?>> rows) {
    Msg.InsertRequest.Builder message =
        Msg.InsertRequest.newBuilder()
            .setBase(
                MsgBase.newBuilder()
                    .setMsgType(MsgType.Insert)
                    .setMsgID(messageId)
                    .setTimestamp(timestamp))
            .setShardName(to.shard())
            .setDbName(to.database())
            .setCollectionName(to.collection())
            .setPartitionName(to.partition())
            .setCollectionID(to.collectionId())
            .setPartitionID(to.partitionId())
            .addAllTimestamps(Collections.nCopies(rows.size(), timestamp))
            .addAllRowIDs(rowIds(messageId, rows.size()))
            .setNumRows(rows.size())
            .setVersion(Msg.InsertDataVersion.ColumnBased);
    for (FieldSchema field : schema.getFieldsList()) {
      message.addFieldsData(column(field, rows));
    }
    return message.build().toByteArray();
  }

  /**
   * Returns one id for each row. A Milvus stores them, and nothing depends on them if rows have a
   * key.
   */
  private static List<Long> rowIds(long messageId, int rows) {
    return LongStream.range(messageId, messageId + rows).boxed().toList();
  }

  /** Returns a delete of keys in all partitions: Longs, or Strings. */
  public byte[] delete(Address from, long messageId, long timestamp, List<?> keys) {
    IDs.Builder ids = IDs.newBuilder();
    for (Object key : keys) {
      if (key instanceof String text) {
        ids.getStrIdBuilder().addData(text);
      } else {
        ids.getIntIdBuilder().addData((Long) key);
      }
    }
    return DeleteMessage.of(from, ids.build(), keys.size(), messageId, timestamp).toByteArray();
  }

  private static FieldData column(FieldSchema field, List<? extends Map<String, ?>> rows) {
    FieldData empty = empty(field);
    List<Object> values = new ArrayList<>(rows.size());
    for (Map<String, ?> row : rows) {
      values.add(value(field, empty, row.get(field.getName())));
    }
    return ColumnValues.with(empty, values).build();
  }

  private static Object value(FieldSchema field, FieldData column, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "There is no value for field %s.".formatted(field.getName()));
    }
    return column.hasVectors()
        ? floats(field.getName(), column.getVectors().getDim(), value)
        : column.getScalars().hasArrayData()
            ? elements(field, value)
            : JavaValues.fromJava(
                field.getName(), field.getDataType(), column.getScalars().getDataCase(), value);
  }

  private static ScalarField elements(FieldSchema field, Object value) {
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException("Array %s needs a List.".formatted(field.getName()));
    }
    ScalarField empty = empty(field.getName(), field.getElementType());
    List<Object> elements = new ArrayList<>(list.size());
    for (Object one : list) {
      elements.add(
          JavaValues.fromJava(field.getName(), field.getElementType(), empty.getDataCase(), one));
    }
    return ColumnValues.with(empty, elements);
  }

  private static List<Float> floats(String field, long dimension, Object value) {
    List<Float> floats = new ArrayList<>();
    if (value instanceof float[] array) {
      for (float one : array) {
        floats.add(one);
      }
    } else if (value instanceof List<?> list) {
      for (Object one : list) {
        floats.add(one instanceof Number number ? number.floatValue() : Float.NaN);
      }
    }
    if (floats.size() != dimension || floats.contains(Float.NaN)) {
      throw new IllegalArgumentException(
          "Vector %s needs a float[] or a List of %d numbers.".formatted(field, dimension));
    }
    return floats;
  }

  /** Returns an empty column of the field's kind, as a template. */
  private static FieldData empty(FieldSchema field) {
    FieldData.Builder column =
        FieldData.newBuilder()
            .setType(field.getDataType())
            .setFieldName(field.getName())
            .setFieldId(field.getFieldID());
    return switch (field.getDataType()) {
      case FloatVector ->
          column
              .setVectors(
                  VectorField.newBuilder()
                      .setDim(dimension(field))
                      .setFloatVector(FloatArray.getDefaultInstance()))
              .build();
      case Array ->
          column
              .setScalars(
                  ScalarField.newBuilder()
                      .setArrayData(ArrayArray.newBuilder().setElementType(field.getElementType())))
              .build();
      default -> column.setScalars(empty(field.getName(), field.getDataType())).build();
    };
  }

  private static ScalarField empty(String field, DataType type) {
    ScalarField.Builder scalars = ScalarField.newBuilder();
    switch (type) {
      case Bool -> scalars.setBoolData(BoolArray.getDefaultInstance());
      case Int8, Int16, Int32 -> scalars.setIntData(IntArray.getDefaultInstance());
      case Int64 -> scalars.setLongData(LongArray.getDefaultInstance());
      case Float -> scalars.setFloatData(FloatArray.getDefaultInstance());
      case Double -> scalars.setDoubleData(DoubleArray.getDefaultInstance());
      case VarChar -> scalars.setStringData(StringArray.getDefaultInstance());
      case JSON -> scalars.setJsonData(JSONArray.getDefaultInstance());
      default ->
          throw new IllegalArgumentException(
              "Field %s has the type %s, which cannot be written. Use a type of FieldType."
                  .formatted(field, type));
    }
    return scalars.build();
  }

  private static int dimension(FieldSchema field) {
    return field.getTypeParamsList().stream()
        .filter(one -> one.getKey().equals("dim"))
        .mapToInt(one -> Integer.parseInt(one.getValue()))
        .findFirst()
        .orElse(0);
  }
}
