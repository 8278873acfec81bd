package io.milvus.cdc.examples.e2e.bench;

import io.milvus.cdc.examples.testbed.client.Columns;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.client.NewCollection;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A collection with an integer key, a note and a small vector, and easy ways to write to it. */
public record Table(MilvusCollection collection) {
  private static final int DIMENSION = 4;
  private static final int BATCH = 5_000;

  /** The schema of a table; a longer one has a field more. */
  private static CollectionSchema schema(String name, boolean longer) {
    CollectionSchema.Builder schema =
        CollectionSchema.newBuilder()
            .setName(name)
            .addFields(
                FieldSchema.newBuilder()
                    .setName("pk")
                    .setDataType(DataType.Int64)
                    .setIsPrimaryKey(true))
            .addFields(
                FieldSchema.newBuilder()
                    .setName("note")
                    .setDataType(DataType.VarChar)
                    .addTypeParams(KeyValuePair.newBuilder().setKey("max_length").setValue("2000")))
            .addFields(
                FieldSchema.newBuilder()
                    .setName("v")
                    .setDataType(DataType.FloatVector)
                    .addTypeParams(
                        KeyValuePair.newBuilder()
                            .setKey("dim")
                            .setValue(Integer.toString(DIMENSION))));
    if (longer) {
      schema.addFields(FieldSchema.newBuilder().setName("more").setDataType(DataType.Int64));
    }
    return schema.build();
  }

  public static Table create(MilvusClient source, String database, String name, int shards) {
    return create(source, database, name, shards, false);
  }

  /** Creates a table on a standby by hand, without harm to its data node. */
  public static Table createByHand(
      MilvusClient standby, String database, String name, boolean longer) {
    Table table = create(standby, database, name, 1, longer);
    table.collection().tick();
    return table;
  }

  public static Table create(
      MilvusClient source, String database, String name, int shards, boolean longer) {
    return new Table(
        source.create(
            new NewCollection(
                database, schema(name, longer), shards, ConsistencyLevel.Bounded, Map.of(), 0)));
  }

  /** Writes rows with these keys, their notes telling who wrote them. */
  public void insert(long from, long to, String note) {
    insert("", from, to, note);
  }

  public void insert(String partition, long from, long to, String note) {
    for (long start = from; start < to; start += BATCH) {
      collection.insert(
          partition,
          columns(start, Math.min(to, start + BATCH), note),
          io.milvus.cdc.examples.testbed.client.WhenUnsure.FAIL);
    }
  }

  /** Writes rows whose notes have so many random characters: Milvus's client compresses. */
  public void insertRandom(long from, long to, int characters) {
    SplittableRandom random = new SplittableRandom(from);
    String[] notes = new String[(int) (to - from)];
    for (int row = 0; row < notes.length; row++) {
      StringBuilder note = new StringBuilder();
      random.ints(characters, ' ', '~').forEach(letter -> note.append((char) letter));
      notes[row] = note.toString();
    }
    collection.insert(
        "",
        List.of(
            Columns.int64("pk", keys(from, to)),
            Columns.varchar("note", notes),
            Columns.floatVectors("v", DIMENSION, new float[notes.length * DIMENSION])),
        io.milvus.cdc.examples.testbed.client.WhenUnsure.FAIL);
  }

  public void insertLonger(long from, long to, String note) {
    insertLonger(from, to, note, keys(from, to));
  }

  /** As {@link Masked} makes them. */
  public void insertMasked(long from, long to, String note) {
    insertLonger(from, to, note, new long[(int) (to - from)]);
  }

  private void insertLonger(long from, long to, String note, long[] more) {
    List<FieldData> columns = new java.util.ArrayList<>(columns(from, to, note));
    columns.add(Columns.int64("more", more));
    collection.insert(columns);
  }

  public void upsert(long from, long to, String note) {
    collection.upsert("", columns(from, to, note));
  }

  public void delete(long from, long to) {
    StringBuilder keys = new StringBuilder();
    for (long key = from; key < to; key++) {
      keys.append(keys.isEmpty() ? "" : ",").append(key);
    }
    collection.delete("", "pk in [%s]".formatted(keys));
  }

  private static long[] keys(long from, long to) {
    long[] keys = new long[(int) (to - from)];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = from + i;
    }
    return keys;
  }

  private static List<FieldData> columns(long from, long to, String note) {
    int rows = (int) (to - from);
    String[] notes = new String[rows];
    float[] vectors = new float[rows * DIMENSION];
    for (int i = 0; i < rows; i++) {
      notes[i] = note + (from + i);
      for (int d = 0; d < DIMENSION; d++) {
        vectors[i * DIMENSION + d] = (from + i) * 31 + d;
      }
    }
    return List.of(
        Columns.int64("pk", keys(from, to)),
        Columns.varchar("note", notes),
        Columns.floatVectors("v", DIMENSION, vectors));
  }
}
