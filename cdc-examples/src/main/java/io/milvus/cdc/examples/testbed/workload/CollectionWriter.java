package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.client.WhenUnsure;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.FieldData;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes to one collection, for one thread. */
final class CollectionWriter {
  private static final String DEFAULT = "";
  private static final int REMEMBERED = 4096;

  /** The keys of one block stay in one partition, however often their rows are written. */
  private static final int BLOCK = 4096;

  private final MilvusCollection collection;
  private final Shape shape;
  private final KeyRange range;
  private final RowMaker maker;
  private final SplittableRandom random;
  private final Tally tally;
  private final List<String> partitions;
  private List<Key> automaticKeys = new ArrayList<>();

  private CollectionWriter(
      MilvusCollection collection, Shape shape, List<String> partitions, Owner owner) {
    this(
        collection,
        shape,
        partitions,
        new KeyRange(shape.key().getDataType(), owner.number()),
        new RowMaker(shape, owner.random()),
        owner.random(),
        owner.tally());
  }

  private CollectionWriter(
      MilvusCollection collection,
      Shape shape,
      List<String> partitions,
      KeyRange range,
      RowMaker maker,
      SplittableRandom random,
      Tally tally) {
    this.collection = collection;
    this.shape = shape;
    this.partitions = partitions;
    this.range = range;
    this.maker = maker;
    this.random = random;
    this.tally = tally;
  }

  /** Returns a writer to all the partitions that were created with the collection. */
  static CollectionWriter of(MilvusCollection collection, Shape shape, Owner owner) {
    List<String> partitions = new ArrayList<>(shape.partitions());
    partitions.add(DEFAULT);
    return new CollectionWriter(collection, shape, List.copyOf(partitions), owner);
  }

  /** Returns a writer to a partition that was created later. */
  static CollectionWriter of(
      MilvusCollection collection, Shape shape, String partition, Owner owner) {
    return new CollectionWriter(collection, shape, List.of(partition), owner);
  }

  /** Returns a writer that continues with the same rows under the collection's new name. */
  CollectionWriter renamed(MilvusCollection after) {
    CollectionWriter writer =
        new CollectionWriter(after, shape, partitions, range, maker, random, tally);
    writer.automaticKeys = automaticKeys;
    return writer;
  }

  MilvusCollection collection() {
    return collection;
  }

  Shape shape() {
    return shape;
  }

  /** Writes at most this many new rows. */
  void insert(int rows) {
    long first = range.used();
    List<Key> fresh = range.fresh(withinBlock(first, rows));
    List<Key> keys = collection.insert(partitionOf(first), maker.rows(fresh), WhenUnsure.UPSERT);
    tally.inserted.add(fresh.size());
    if (shape.automaticKeys()) {
      remember(keys);
    }
  }

  private void remember(List<Key> keys) {
    automaticKeys.addAll(keys);
    if (automaticKeys.size() > REMEMBERED) {
      automaticKeys =
          new ArrayList<>(
              automaticKeys.subList(automaticKeys.size() - REMEMBERED, automaticKeys.size()));
    }
  }

  /** Deletes rows of some time ago. Some of them may already be deleted. */
  void delete(int rows) {
    if (shape.automaticKeys()) {
      deleteFrom(DEFAULT, someOf(automaticKeys, rows));
    } else {
      long first = anyUsed();
      List<Key> keys = keysAt(first, rows);
      // No name selects all partitions, and a message of another form.
      deleteFrom(random.nextBoolean() ? DEFAULT : partitionOf(first), keys);
    }
  }

  /** Replaces rows of some time ago with new rows, or creates them if they were deleted. */
  void upsert(int rows) {
    if (shape.automaticKeys()) {
      insert(rows);
      return;
    }
    long first = anyUsed();
    List<Key> keys = keysAt(first, rows);
    if (!keys.isEmpty()) {
      collection.upsert(partitionOf(first), maker.rows(keys));
      tally.upserted.add(keys.size());
    }
  }

  /** Deletes rows and immediately writes new rows with their keys. */
  void replace(int rows) {
    if (shape.automaticKeys()) {
      delete(rows);
      insert(rows);
      return;
    }
    long first = anyUsed();
    List<Key> keys = keysAt(first, rows);
    if (!keys.isEmpty()) {
      deleteFrom(DEFAULT, keys);
      List<FieldData> columns = maker.rows(keys);
      collection.insert(partitionOf(first), columns, WhenUnsure.UPSERT);
      tally.inserted.add(keys.size());
    }
  }

  private void deleteFrom(String partition, List<Key> keys) {
    if (!keys.isEmpty()) {
      collection.delete(
          shape.partitionKey() ? DEFAULT : partition,
          collection.dialect().in(shape.key().getName(), keys));
      tally.deleted.add(keys.size());
    }
  }

  private List<Key> someOf(List<Key> keys, int count) {
    int first = keys.isEmpty() ? 0 : random.nextInt(keys.size());
    return List.copyOf(keys.subList(first, Math.min(keys.size(), first + count)));
  }

  private long anyUsed() {
    return range.used() == 0 ? 0 : random.nextLong(range.used());
  }

  private List<Key> keysAt(long first, int rows) {
    return range.some(first, withinBlock(first, rows));
  }

  private static int withinBlock(long first, int rows) {
    return (int) Math.min(rows, BLOCK - first % BLOCK);
  }

  private String partitionOf(long number) {
    return partitions.get((int) (number / BLOCK % partitions.size()));
  }
}
