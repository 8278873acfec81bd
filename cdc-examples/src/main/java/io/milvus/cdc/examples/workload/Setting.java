package io.milvus.cdc.examples.workload;

import io.milvus.cdc.examples.client.MilvusClient;
import io.milvus.cdc.examples.client.MilvusCollection;
import java.util.ArrayList;
import java.util.List;

/** The databases and collections of a workload that stay for as long as it runs. */
record Setting(MilvusClient source, List<String> databases, List<Shape> shapes) {
  /** Makes what is missing. */
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

  /** A writer for each collection. */
  List<CollectionWriter> writers(Owner owner) {
    List<CollectionWriter> writers = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      writers.add(CollectionWriter.of(collection(i), shapes.get(i), owner));
    }
    return writers;
  }

  /**
   * What comes and goes by this owner's hand: a collection, the names of another, a partition of
   * one that stays, and what serves one that stays.
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
    // Where no partitions pass: Milvus refuses to drop one that somebody loads meanwhile.
    for (int i = owner.number() % owners; i < shapes.size(); i += owners) {
      if (shapes.get(i).partitionKey()) {
        passing.add(new PassingServing(collection(i), shapes.get(i)));
      }
    }
    return passing;
  }
}
