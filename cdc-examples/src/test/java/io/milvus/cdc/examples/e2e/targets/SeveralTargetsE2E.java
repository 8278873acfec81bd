package io.milvus.cdc.examples.e2e.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Link;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One engine keeps two targets equal to one source. */
@ExtendWith(OneBench.class)
class SeveralTargetsE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  private Bench bench;
  private LocalStack second;
  private MilvusClient secondClient;
  private Link toSecond;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    second = LocalStack.upSecondTarget(line -> {});
    secondClient = MilvusClient.connect(second.addresses().target().uri());
    toSecond = Link.to(second.addresses().target().uri());
  }

  @AfterEach
  void close() {
    toSecond.close();
    secondClient.close();
    second.wipe();
  }

  @Test
  void aTargetThatCannotBeReachedForAWhileLeavesTheOtherOneAlone() throws Exception {
    String database = bench.database("a");
    Table table = Table.create(bench.sourceClient(), database, "t", 2);
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().build())
            .target(bench.target().build())
            .target("dr", MilvusTarget.builder().uri(toSecond.address()).build())
            .checkpoints(FileStore.at(state))
            .start()) {
      CdcTask here = engine.submit(bench.spec());
      TaskSpec spec = bench.spec();
      CdcTask there =
          engine.submit(
              TaskSpec.builder(spec.id() + "_dr").selection(spec.selection()).target("dr").build());
      table.insert(0, 1000, "row");
      here.awaitCaughtUp(SOON);
      there.awaitCaughtUp(SOON);

      toSecond.cut();
      table.insert(1000, 2000, "row");
      there.awaitState(TaskState.RETRYING, SOON);
      here.awaitCaughtUp(SOON);
      assertThat(here.status().counters().inserted()).isEqualTo(2000);
      toSecond.mend();
      there.awaitCaughtUp(SOON);

      here.pause();
      table.delete(0, 500);
      there.awaitCaughtUp(SOON);
      assertThat(there.status().counters().deleted()).isEqualTo(500);
      here.resume();

      Verdict verdict = bench.compare(here, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(here.status().counters().retries()).isZero();
      Verdict other = compareSecond(there, database);
      assertThat(other.equal()).as(other.table()).isTrue();
      assertThat(other.rows()).isEqualTo(verdict.rows()).isPositive();
      bench.dropDatabases();
      here.awaitCaughtUp(SOON);
      here.delete();
      there.awaitCaughtUp(SOON);
      there.delete();
    }
  }

  private Verdict compareSecond(CdcTask task, String database) throws Exception {
    task.awaitCaughtUp(SOON);
    return Comparison.of(bench.sourceSide(), MilvusEndpoint.at(second.addresses().target().uri()))
        .load()
        .databases(database)
        .targetReadAt(() -> task.status().readTimestamp())
        .retryFor(SOON)
        .run();
  }
}
