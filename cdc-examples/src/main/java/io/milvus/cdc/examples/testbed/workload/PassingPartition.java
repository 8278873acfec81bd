package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import org.jspecify.annotations.Nullable;

/** Creates a partition, writes to it, drops it, and creates it again under the same name. */
final class PassingPartition implements Steps {
  private static final int ROWS = 300;
  private static final int WRITES = 2;

  private final MilvusCollection collection;
  private final Shape shape;
  private final String name;
  private final Owner owner;
  private @Nullable CollectionWriter writer;
  private int writes;

  PassingPartition(MilvusCollection collection, Shape shape, Owner owner) {
    this.collection = collection;
    this.shape = shape;
    this.name = "passing_" + owner.number();
    this.owner = owner;
  }

  @Override
  public void next() {
    if (writer == null) {
      collection.createPartition(name);
      owner.tally().partitions.increment();
      writer = CollectionWriter.of(collection, shape, name, owner);
      writer.insert(ROWS);
      writes = 0;
    } else if (writes < WRITES) {
      writes++;
      writer.insert(ROWS);
      writer.upsert(ROWS / 4);
      writer.delete(ROWS / 4);
    } else {
      writer.insert(ROWS);
      collection.dropPartition(name);
      owner.tally().partitionsDropped.increment();
      writer = null;
    }
  }
}
