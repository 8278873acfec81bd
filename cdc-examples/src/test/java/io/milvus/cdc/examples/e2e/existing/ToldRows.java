package io.milvus.cdc.examples.e2e.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.compare.CollectionVerdict;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.Page;
import io.milvus.cdc.internal.client.Query;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.internal.client.Scan;
import io.milvus.cdc.memory.InMemoryTarget;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.grpc.FieldSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settles which side is right by all messages that the source has ever sent. A Milvus 2.3.5 that
 * compacts and dies loses files of deletes, and then serves deleted rows again.
 */
record ToldRows(Bench bench, MilvusSource source, Path state) {
  private static final Duration SOON = Duration.ofMinutes(2);

  /** Asserts that the target has the keys that the messages tell if the source has others. */
  void assertRight(Verdict verdict, CdcTask task) throws Exception {
    System.out.println(verdict.table());
    assertThat(verdict.catalog()).isEmpty();
    if (verdict.equal()) {
      return;
    }
    InMemoryTarget told = new InMemoryTarget();
    try (CdcEngine engine =
        CdcEngine.builder().source(source).target(told).checkpoints(FileStore.at(state)).start()) {
      engine.submit(bench.spec()).awaitCaughtUp(SOON);
      for (CollectionVerdict one : verdict.collections()) {
        if (!one.equal()) {
          Set<Object> keys = told.rows(one.database(), one.collection()).keySet();
          System.out.printf("%s: %d keys are told%n", one.collection(), keys.size());
          assertThat(keysOnTarget(one, task)).isEqualTo(keys);
          assertThat(one.targetCount()).isEqualTo(keys.size());
        }
      }
    }
  }

  private Set<Object> keysOnTarget(CollectionVerdict one, CdcTask task) {
    MilvusCollection collection = bench.targetClient().collection(one.database(), one.collection());
    String field =
        collection.describe().getSchema().getFieldsList().stream()
            .filter(FieldSchema::getIsPrimaryKey)
            .findFirst()
            .orElseThrow()
            .getName();
    ReadAt now = ReadAt.timestamp(task.status().readTimestamp().value());
    Scan scan = new Scan(collection, field, new Query("", List.of(field), List.of(), now, 4096));
    Set<Object> keys = new HashSet<>();
    for (Optional<Page> page = scan.next(); page.isPresent(); page = scan.next()) {
      for (int row = 0; row < page.get().size(); row++) {
        var key = page.get().key(row);
        keys.add(key.text() == null ? key.number() : key.text());
      }
    }
    return keys;
  }
}
