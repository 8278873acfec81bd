package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a collection, writes to it, drops it, and immediately creates it again under the same
 * name, each time as another kind. Sometimes also indexes and loads it.
 */
final class PassingCollection implements Steps {
  private static final int ROWS = 500;
  private static final int WRITES = 3;

  private final MilvusClient milvus;
  private final String database;
  private final List<Shape> shapes;
  private final String name;
  private final Owner owner;
  private @Nullable CollectionWriter writer;
  private int kind;
  private int writes;

  PassingCollection(MilvusClient milvus, String database, List<Shape> shapes, Owner owner) {
    this.milvus = milvus;
    this.database = database;
    this.shapes = shapes;
    this.name = "passing_" + owner.number();
    this.owner = owner;
    this.kind = owner.number();
  }

  @Override
  public void next() {
    if (writer == null) {
      writer = create();
    } else if (writes < WRITES) {
      writes++;
      writer.insert(ROWS);
      writer.replace(ROWS / 5);
      writer.delete(ROWS / 5);
    } else {
      writer.insert(ROWS);
      writer = null;
      milvus.drop(database, name);
      owner.tally().collectionsDropped.increment();
      kind++;
      // Every other time the name stays free until the next step.
      if (kind % 2 == 0) {
        writer = create();
      }
    }
  }

  private CollectionWriter create() {
    if (milvus.collections(database).contains(name)) {
      milvus.drop(database, name); // Left by a step that failed.
    }
    Shape shape = shapes.get(kind % shapes.size()).named(name);
    MilvusCollection created = milvus.create(shape.in(database));
    shape.partitions().forEach(created::createPartition);
    owner.tally().collections.increment();
    writes = 0;
    CollectionWriter fresh = CollectionWriter.of(created, shape, owner);
    fresh.insert(ROWS);
    if (kind % 3 == 0) {
      PassingServing serving = new PassingServing(created, shape);
      serving.next();
      serving.next();
    }
    return fresh;
  }
}
