package io.milvus.cdc.examples.e2e.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.milvus.MilvusContainer;

/** A target in a container, where there is Docker. */
class ContainerE2E {
  private static final Duration SOON = Duration.ofMinutes(2);

  @Test
  void aMilvusContainerServesAsTheTarget() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "skipped: there is no Docker here to run a Milvus container");
    try (MilvusContainer container =
            new MilvusContainer("milvusdb/milvus:v2.3.5").withEnv("COMMON_TTMSGENABLED", "false");
        Bench bench = Bench.open("container")) {
      container.start();
      String database = bench.database("a");
      Table.create(bench.sourceClient(), database, "t", 2).insert(0, 1000, "row");
      try (CdcEngine engine =
              CdcEngine.builder()
                  .source(bench.source().build())
                  .target(MilvusTarget.builder().uri(container.getEndpoint()).build())
                  .checkpoints(new InMemoryStore())
                  .start();
          MilvusClient target = MilvusClient.connect(container.getEndpoint())) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitCaughtUp(SOON);
        MilvusCollection mirrored = target.collection(database, "t");
        mirrored.serving().createFlatIndex("v", false);
        mirrored.serving().load(SOON);
        long count = mirrored.count(ReadAt.timestamp(task.status().readTimestamp().value()));
        assertThat(count).isEqualTo(1000);
        bench.cleanUp(task);
      }
    }
  }
}
