package io.milvus.cdc.testkit;

import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.VectorField;
import java.util.Collections;
import java.util.stream.LongStream;

/** A message of the size that a source's proxies usually write, for measuring. */
public enum Sample {
  /** A thousand rows with vectors of 128 floats. */
  INSERT_128(128),
  /** A thousand rows with vectors of 768 floats. */
  INSERT_768(768),
  /** A thousand keys. */
  DELETE(0),
  /** No rows. */
  TICK(0);

  public static final int ROWS = 1000;
  public static final long TIME = 449999999999999999L;
  public static final Position POSITION = new Position("1:2:-1");

  private static final String SHARD = "by-dev-rootcoord-dml_0_1001v0";
  private static final long COLLECTION = 1001;
  private static final long PARTITION = 1002;

  private final int dimension;

  Sample(int dimension) {
    this.dimension = dimension;
  }

  /** Its bytes in the queue. */
  public Payload payload() {
    return Payload.of(
        switch (this) {
          case INSERT_128, INSERT_768 -> insert();
          case DELETE -> Messages.delete(SHARD, COLLECTION, PARTITION, TIME, keys()).toByteArray();
          case TICK -> Messages.tick(TIME).toByteArray();
        });
  }

  private byte[] insert() {
    return Messages.insert(SHARD, COLLECTION, PARTITION, TIME, keys()).toBuilder()
        .setFieldsData(0, vectors())
        .build()
        .toByteArray();
  }

  private static Long[] keys() {
    return LongStream.range(0, ROWS).boxed().toArray(Long[]::new);
  }

  private FieldData vectors() {
    FloatArray floats =
        FloatArray.newBuilder().addAllData(Collections.nCopies(ROWS * dimension, 0.5f)).build();
    return FieldData.newBuilder()
        .setType(DataType.FloatVector)
        .setFieldName("vec")
        .setFieldId(101)
        .setVectors(VectorField.newBuilder().setDim(dimension).setFloatVector(floats))
        .build();
  }
}
