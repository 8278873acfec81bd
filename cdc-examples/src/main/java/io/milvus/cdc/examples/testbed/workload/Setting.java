package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import java.util.ArrayList;
import java.util.List;

/** Holds the databases and collections that exist as long as a workload runs. */
record Setting(MilvusClient source, List<String> databases, List<Shape> shapes) {
  /** Creates missing databases and collections. */
  void create() {
    databases.forEach(source::createDatabase);
    for (int i = 0; i < shapes.size(); i++) {
      Shape shape = shapes.get(i);
      if (!source.collections(database(i)).contains(shape.name())) {
        MilvusCollection created = source.create(shape.in(database(i)));
        shape.partitions().forEach(created::createPartition);
      }
    }
  }

  private String database(int number) {
    return databases.get(number % databases.size());
  }

  private MilvusCollection collection(int number) {
    return source.collection(database(number), shapes.get(number).name());
  }

  /** Returns a writer for each collection. */
  List<CollectionWriter> writers(Owner owner) {
    List<CollectionWriter> writers = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      writers.add(CollectionWriter.of(collection(i), shapes.get(i), owner));
    }
    return writers;
  }

  /**
   * Returns the steps of this owner. They concern a collection, the names of another collection, a
   * partition of a permanent collection, and the indexes and load state of a permanent collection.
   */
  List<Steps> passing(Owner owner, int owners) {
    List<Steps> passing = new ArrayList<>();
    passing.add(new PassingCollection(source, database(owner.number()), shapes, owner));
    passing.add(new WanderingCollection(source, databases, shapes, owner));
    Owner elsewhere = owner.inAnotherRole(owner.number() + owners);
    for (int i = 0; i < shapes.size(); i++) {
      int number = (i + owner.number()) % shapes.size();
      if (!shapes.get(number).partitionKey()) {
        passing.add(new PassingPartition(collection(number), shapes.get(number), elsewhere));
        break;
      }
    }
    // Only on collections whose partitions do not change: Milvus refuses to drop a partition that
    // is being loaded.
    for (int i = owner.number() % owners; i < shapes.size(); i += owners) {
      if (shapes.get(i).partitionKey()) {
        passing.add(new PassingServing(collection(i), shapes.get(i)));
      }
    }
    return passing;
  }
}
