package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.List;

/** Finds objects of a target that have the names of collections to be replicated. */
final class Conflicts {
  private final TargetCatalog target;
  private final Judge judge;

  /** Throws the reason why an existing collection blocks a wanted one. */
  interface Judge {
    void judge(String database, CollectionEntry wanted, DescribeCollectionResponse there);
  }

  Conflicts(TargetCatalog target, Judge judge) {
    this.target = target;
    this.judge = judge;
  }

  /** Returns the objects that prevent a collection from being replicated. */
  List<Finding> among(List<SchemaEvent.CreateCollection> wanted) throws InterruptedException {
    Findings findings = new Findings();
    for (SchemaEvent.CreateCollection creation : wanted) {
      String database = creation.database().name();
      DescribeCollectionResponse there = target.describe(database, creation.collection().name());
      if (there != null) {
        findings.attempt(() -> judge.judge(database, creation.collection(), there));
      }
    }
    return findings.all();
  }
}
