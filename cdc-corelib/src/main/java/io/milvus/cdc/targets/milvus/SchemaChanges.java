package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes of the catalog to a target. Each can be repeated after a crash.
 *
 * <p>The {@link CatalogRules} hold the differences between standbys and targets of client writes.
 */
final class SchemaChanges implements SchemaEvent.Visitor<InterruptedException> {
  private final TargetCatalog target;
  private final CatalogRules rules;
  private final Counterparts counterparts;

  SchemaChanges(TargetCatalog target, CatalogRules rules, Counterparts counterparts) {
    this.target = target;
    this.rules = rules;
    this.counterparts = counterparts;
  }

  void apply(SchemaEvent event) throws InterruptedException {
    rules.await(event);
    event.accept(this);
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) throws InterruptedException {
    if (!target.databases().contains(event.database().name())) {
      target.createDatabase(event.database().name());
    }
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) throws InterruptedException {
    if (target.databases().contains(event.database().name())) {
      target.dropDatabase(event.database().name());
    }
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) throws InterruptedException {
    CollectionEntry collection = event.collection();
    String database = event.database().name();
    DescribeCollectionResponse found = target.describe(database, collection.name());
    if (found == null) {
      target.createCollection(database, collection, rules.schemaOf(collection));
      found = target.describe(database, collection.name());
      if (found == null) {
        throw new TargetException(
            "Collection %s.%s was created on the target but is not there."
                .formatted(database, collection.name()),
            "");
      }
    }
    rules.requireFit(database, collection, found);
    Binding binding = counterparts.bind(new Placed(event.database(), collection), found);
    rules.created(binding, event.timestamp());
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) throws InterruptedException {
    Binding binding = counterparts.get(event.collection().id());
    if (binding == null) {
      return;
    }
    rules.dropping(binding, event.timestamp());
    target.dropCollection(binding.database(), binding.name(), event.timestamp());
    counterparts.remove(event.collection().id());
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) throws InterruptedException {
    Binding binding = counterparts.get(event.collection().id());
    if (binding == null) {
      return;
    }
    Binding after = binding.renamed(event.naming(), event.to().name());
    rules.requireMovable(binding, after);
    DescribeCollectionResponse there = target.describe(after.database(), after.name());
    if (there != null && !isRenamed(binding, there)) {
      throw new TargetException(
          ("Collection %s cannot be renamed to %s as on the source: the target has "
                  + "another collection of that name.")
              .formatted(binding.place(), after.place()),
          "Drop or rename that collection.");
    }
    if (there == null) {
      target.renameCollection(
          binding.database(), binding.name(), after.database(), after.name(), event.timestamp());
    }
    counterparts.put(after);
  }

  /**
   * Returns whether the collection has its new name already. If the target has no ids, the old name
   * must be free.
   */
  private boolean isRenamed(Binding before, DescribeCollectionResponse there)
      throws InterruptedException {
    return there.getCollectionID() == before.targetId()
        && (before.targetId() != 0 || target.describe(before.database(), before.name()) == null);
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) throws InterruptedException {
    Binding binding = counterparts.get(event.collection().id());
    Binding known = bound(binding, event.collection());
    Map<String, Long> there = target.partitions(known.database(), known.name());
    if (!there.containsKey(event.partition().name())) {
      target.createPartition(
          known.database(), known.name(), event.partition().name(), event.timestamp());
      there = target.partitions(known.database(), known.name());
    }
    counterparts.put(known.with(known.source().with(event.partition()), there));
  }

  private static Binding bound(@Nullable Binding binding, CollectionEntry collection) {
    if (binding == null) {
      throw new TargetException(
          "Collection %s was replicated and is no longer on the target."
              .formatted(collection.name()),
          "Restore the collection, or resync it, or delete the task and create it again.");
    }
    return binding;
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) throws InterruptedException {
    Binding binding = counterparts.get(event.collection().id());
    PartitionEntry partition = event.partition();
    Long targetId = binding == null ? null : binding.partitionIds().get(partition.name());
    if (binding == null || targetId == null) {
      return;
    }
    rules.dropping(binding, partition.name(), targetId, event.timestamp());
    target.dropPartition(binding.database(), binding.name(), partition.name(), event.timestamp());
    Map<Long, PartitionEntry> left = new HashMap<>(binding.source().partitions());
    left.remove(partition.id());
    Map<String, Long> ids = new HashMap<>(binding.partitionIds());
    ids.remove(partition.name());
    counterparts.put(binding.with(binding.source().withPartitions(left), ids));
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) throws InterruptedException {
    Binding binding = bound(counterparts.get(event.collection().id()), event.collection());
    target.setAlias(
        binding.database(), event.alias().name().text(), binding.name(), event.timestamp());
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) throws InterruptedException {
    Binding binding = counterparts.get(event.alias().collectionId());
    if (binding != null) {
      target.dropAlias(binding.database(), event.alias().name().text(), event.timestamp());
    }
  }
}
