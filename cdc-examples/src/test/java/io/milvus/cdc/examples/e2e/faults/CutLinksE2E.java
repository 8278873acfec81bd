package io.milvus.cdc.examples.e2e.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Link;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.store.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The network breaks while everything behind it goes on. */
@ExtendWith(OneBench.class)
@Tag("slow")
class CutLinksE2E {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int CUTS = 12;

  private Bench bench;
  private Link toEtcd;
  private Link toTarget;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) throws Exception {
    bench = corner;
    bench.database("a");
    toEtcd = Link.to(bench.addresses().etcd());
    toTarget = Link.to(bench.addresses().target().uri());
    engine =
        CdcEngine.builder()
            .source(bench.source().etcd(toEtcd.address()).build())
            .target(bench.target().uri(toTarget.address()).build())
            .checkpoints(FileStore.at(state))
            .start();
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.RUNNING, SOON);
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
    toEtcd.close();
    toTarget.close();
  }

  @Test
  void changesThatEtcdHasForgottenByTheTimeItCanBeReachedAgainAreFound() throws Exception {
    String database = bench.databases()[0];
    Table.create(bench.sourceClient(), database, "gone", 1).insert(0, 100, "row");
    Table.create(bench.sourceClient(), database, "again", 1).insert(0, 100, "old");
    Table.create(bench.sourceClient(), database, "stays", 2).insert(0, 1000, "row");
    task.awaitCaughtUp(SOON);
    toEtcd.cut();
    bench.sourceClient().drop(database, "gone");
    bench.sourceClient().drop(database, "again");
    Table.create(bench.sourceClient(), database, "again", 2).insert(0, 200, "new");
    Table.create(bench.sourceClient(), database, "born", 3).insert(0, 1000, "row");
    compactEtcd();
    toEtcd.mend();
    assertEqual();
  }

  @Test
  void whateverIsCutWhileAWorkloadGoesOnBothSidesEndEqual() throws Exception {
    long seed = Seeds.next("links");
    SplittableRandom random = new SplittableRandom(seed);
    try (RunningWorkload workload =
        MixedWorkload.on(bench.sourceClient())
            .databases(bench.databases())
            .seed(seed)
            .rate(2_000)
            .betweenChanges(Duration.ofMillis(500))
            .start()) {
      for (int i = 0; i < CUTS; i++) {
        Thread.sleep(random.nextLong(500, 2500));
        Link link = random.nextBoolean() ? toEtcd : toTarget;
        link.cut();
        Thread.sleep(random.nextLong(0, 1500));
        link.mend();
      }
      workload.stop();
      System.out.println(workload);
    }
    assertEqual();
  }

  /** Lets etcd forget all but the newest revision. */
  private void compactEtcd() throws Exception {
    try (Client etcd = Client.builder().endpoints(bench.addresses().etcd()).build()) {
      long newest =
          etcd.getKVClient().get(ByteSequence.from("any", UTF_8)).get().getHeader().getRevision();
      etcd.getKVClient().compact(newest).get();
    }
  }

  private void assertEqual() throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
  }
}
