package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.List;

/** What a target has under the names of collections that are to be replicated to it. */
final class Conflicts {
  private final TargetCatalog target;
  private final Judge judge;

  /** Says by an exception why a collection that is there is in the way of one that is wanted. */
  interface Judge {
    void judge(String database, CollectionEntry wanted, DescribeCollectionResponse there);
  }

  Conflicts(TargetCatalog target, Judge judge) {
    this.target = target;
    this.judge = judge;
  }

  /** Those that keep a collection from being replicated. */
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
