package io.milvus.cdc.examples.testbed.workload;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Defines kinds of collections that together use all features of Milvus 2.3, which permits one
 * vector field each.
 */
public final class Schemas {
  private static final String DAY_IN_SECONDS = "86400";

  private Schemas() {}

  /** Returns all kinds, with vectors of this many dimensions, a multiple of eight. */
  public static List<Shape> all(int dimension) {
    return List.of(
        scalars(dimension),
        arrays(dimension),
        binary(dimension),
        automatic(dimension),
        keyedByText(dimension),
        keyedByNumber(dimension),
        dynamic(dimension),
        partitioned(dimension));
  }

  /** Returns a kind with every type of scalar. */
  public static Shape scalars(int dimension) {
    FieldSchema[] fields =
        Stream.of(
                DataType.Bool,
                DataType.Int8,
                DataType.Int16,
                DataType.Int32,
                DataType.Int64,
                DataType.Float,
                DataType.Double,
                DataType.VarChar,
                DataType.JSON)
            .map(Fields::of)
            .toArray(FieldSchema[]::new);
    return plain(
        schema("scalars", Fields.key(DataType.Int64), dimension, fields).build(),
        2,
        ConsistencyLevel.Strong);
  }

  /** Returns a kind with arrays of every possible element type, under varchar keys. */
  public static Shape arrays(int dimension) {
    FieldSchema[] fields =
        Stream.of(
                DataType.Bool,
                DataType.Int8,
                DataType.Int16,
                DataType.Int32,
                DataType.Int64,
                DataType.Float,
                DataType.Double,
                DataType.VarChar)
            .map(Fields::array)
            .toArray(FieldSchema[]::new);
    return plain(
        schema("arrays", Fields.key(DataType.VarChar), dimension, fields).build(),
        1,
        ConsistencyLevel.Session);
  }

  /** Returns a kind with binary vectors, in many shards. */
  public static Shape binary(int dimension) {
    CollectionSchema schema =
        CollectionSchema.newBuilder()
            .setName("binary")
            .addFields(Fields.key(DataType.Int64))
            .addFields(Fields.vector(DataType.BinaryVector, dimension))
            .build();
    return plain(schema, 4, ConsistencyLevel.Eventually);
  }

  /** Returns a kind whose keys Milvus generates. */
  public static Shape automatic(int dimension) {
    return plain(
        schema("automatic", Fields.automaticKey(), dimension, Fields.of(DataType.VarChar))
            .setEnableDynamicField(true)
            .build(),
        3,
        ConsistencyLevel.Bounded);
  }

  /** Returns a kind with partitions by a text, seven of them. */
  public static Shape keyedByText(int dimension) {
    return keyed(
        schema(
                "keyed_text",
                Fields.key(DataType.Int64),
                dimension,
                Fields.partitionKey(DataType.VarChar))
            .setEnableDynamicField(true)
            .build(),
        7);
  }

  /** Returns a kind with partitions by a number, with Milvus's default number of partitions: 64. */
  public static Shape keyedByNumber(int dimension) {
    return keyed(
        schema(
                "keyed_number",
                Fields.key(DataType.VarChar),
                dimension,
                Fields.partitionKey(DataType.Int64))
            .build(),
        0);
  }

  /** Returns a kind without fields except those that rows contain dynamically. */
  public static Shape dynamic(int dimension) {
    return plain(
        schema("dynamic", Fields.key(DataType.VarChar), dimension)
            .setEnableDynamicField(true)
            .build(),
        2,
        ConsistencyLevel.Bounded);
  }

  /**
   * Returns a kind with named partitions, and rows that expire in a day. The name of one partition
   * nearly equals that of the default partition.
   */
  public static Shape partitioned(int dimension) {
    return new Shape(
        schema("partitioned", Fields.key(DataType.Int64), dimension, Fields.of(DataType.Int32))
            .build(),
        2,
        ConsistencyLevel.Bounded,
        Map.of("collection.ttl.seconds", DAY_IN_SECONDS),
        0,
        List.of("x_default_y", "_default_0", "spring"));
  }

  private static CollectionSchema.Builder schema(
      String name, FieldSchema key, int dimension, FieldSchema... others) {
    return CollectionSchema.newBuilder()
        .setName(name)
        .setDescription("Collection of kind " + name)
        .addFields(key)
        .addAllFields(List.of(others))
        .addFields(Fields.vector(DataType.FloatVector, dimension));
  }

  private static Shape plain(CollectionSchema schema, int shards, ConsistencyLevel consistency) {
    return new Shape(schema, shards, consistency, Map.of(), 0, List.of());
  }

  private static Shape keyed(CollectionSchema schema, int partitions) {
    return new Shape(schema, 2, ConsistencyLevel.Bounded, Map.of(), partitions, List.of());
  }
}
