package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renames a collection again and again, sometimes into another database, while new collections
 * receive its former names. Drops it at the end.
 */
final class WanderingCollection implements Steps {
  private static final int ROWS = 300;
  private static final int RENAMES = 5;

  private final MilvusClient milvus;
  private final List<String> databases;
  private final Shape shape;
  private final Owner owner;
  private final String prefix;
  private @Nullable CollectionWriter writer;
  private @Nullable MilvusCollection successor;
  private int step;

  WanderingCollection(
      MilvusClient milvus, List<String> databases, List<Shape> shapes, Owner owner) {
    this.milvus = milvus;
    this.databases = databases;
    this.shape = shapes.get(owner.number() % shapes.size());
    this.owner = owner;
    this.prefix = "wandering_" + owner.number() + "_";
  }

  @Override
  public void next() {
    CollectionWriter current = writer;
    writer = null; // Null until the step succeeds; leftovers of a failed step are dropped.
    if (current == null) {
      sweep();
      writer = write(CollectionWriter.of(create(0), shape, owner));
      step = 0;
    } else if (step < RENAMES) {
      step++;
      rename(current);
    } else {
      milvus.drop(current.collection().database(), current.collection().name());
      owner.tally().collectionsDropped.increment();
    }
  }

  private void rename(CollectionWriter current) {
    MilvusCollection before = current.collection();
    MilvusCollection after =
        before.rename(databases.get(step / 2 % databases.size()), prefix + step % 3);
    owner.tally().renames.increment();
    MilvusCollection last = successor;
    if (last != null) {
      milvus.drop(last.database(), last.name());
      successor = null;
    }
    if (step % 2 == 1) {
      MilvusCollection next = milvus.create(shape.named(before.name()).in(before.database()));
      owner.tally().collections.increment();
      shape.partitions().forEach(next::createPartition);
      write(CollectionWriter.of(next, shape, owner));
      successor = next;
    }
    writer = write(current.renamed(after));
  }

  private MilvusCollection create(int number) {
    MilvusCollection created = milvus.create(shape.named(prefix + number).in(databases.get(0)));
    shape.partitions().forEach(created::createPartition);
    owner.tally().collections.increment();
    return created;
  }

  private static CollectionWriter write(CollectionWriter to) {
    to.insert(ROWS);
    to.upsert(ROWS / 5);
    to.delete(ROWS / 5);
    return to;
  }

  private void sweep() {
    successor = null;
    for (String database : databases) {
      milvus.collections(database).stream()
          .filter(name -> name.startsWith(prefix))
          .forEach(name -> milvus.drop(database, name));
    }
  }
}
