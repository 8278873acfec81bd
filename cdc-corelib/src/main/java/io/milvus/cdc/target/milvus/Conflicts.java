package io.milvus.cdc.target.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Findings;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.List;

/** What a target has under the names of collections that are to be replicated to it. */
final class Conflicts {
  private final TargetCatalog target;
  private final boolean fromTheBeginning;

  Conflicts(TargetCatalog target, boolean fromTheBeginning) {
    this.target = target;
    this.fromTheBeginning = fromTheBeginning;
  }

  /** Those that keep a collection from being replicated. */
  List<Finding> among(List<SchemaEvent.CreateCollection> wanted) throws InterruptedException {
    Findings findings = new Findings();
    for (SchemaEvent.CreateCollection creation : wanted) {
      String database = creation.database().name();
      DescribeCollectionResponse there = target.describe(database, creation.collection().name());
      if (there != null) {
        findings.attempt(() -> compare(database, creation.collection(), there));
      }
    }
    return findings.all();
  }

  private void compare(
      String database, CollectionEntry collection, DescribeCollectionResponse there) {
    SchemaComparison.requireEqual(database, SchemaChanges.schemaOf(collection), there.getSchema());
    SchemaComparison.requireShards(database, collection, there);
    if (fromTheBeginning && there.getCreatedTimestamp() == collection.createdAt()) {
      throw new TargetException(
          ("Collection %s.%s is already on the target, made by another task from the same source"
                  + " collection. Drop it on the target, or begin with StartFrom.positions of that"
                  + " task, or with StartFrom.latest: from the beginning its rows would double.")
              .formatted(database, collection.name()));
    }
  }
}
