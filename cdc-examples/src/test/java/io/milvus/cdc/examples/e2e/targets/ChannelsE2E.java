package io.milvus.cdc.examples.e2e.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Source and target have different numbers of physical channels. How often the process is killed is
 * {@code -Dcdc.kills}, 2 by default.
 */
@Tag("slow")
class ChannelsE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int KILLS = Integer.getInteger("cdc.kills", 2);

  @TempDir private Path state;

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({"4, 16", "16, 4"})
  void everythingArrivesThroughKillsWhateverTheNumbersOfChannels(int source, int target)
      throws Exception {
    long seed = Seeds.next("channels");
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    try (Bench bench = Bench.openWithChannels("channels", source, target)) {
      try {
        assertThat(bench.addresses().source().channels()).isEqualTo(source);
        assertThat(bench.addresses().target().channels()).isEqualTo(target);
        write(bench, seed, log);
        try (CdcEngine engine = bench.engine(state)) {
          CdcTask task = engine.submit(bench.spec());
          Verdict verdict = bench.compare(task, Duration.ofMinutes(2));
          System.out.println(verdict.table());
          assertThat(verdict.equal()).as(verdict.table()).isTrue();
          assertThat(verdict.rows()).isPositive();
          if (source < target) {
            addChannels(bench, source, task);
          }
        }
      } finally {
        bench.stack().wipe();
      }
    }
  }

  private void write(Bench bench, long seed, Path log) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    bench.database("a");
    bench.database("b");
    try (RunningWorkload workload =
        MixedWorkload.on(bench.sourceClient())
            .databases(bench.databases())
            .seed(seed)
            .rate(1_000)
            .betweenChanges(Duration.ofMillis(300))
            .start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (MirrorProcess mirror = bench.mirror(state, log)) {
          mirror.awaitOutput("state=RUNNING", SOON);
          Thread.sleep(random.nextLong(500, 4000));
        }
      }
      workload.stop();
      System.out.println(workload);
    }
  }

  /** The source gets more channels by its settings, and restarts, while the task runs. */
  private static void addChannels(Bench bench, int before, CdcTask task) throws Exception {
    Addresses.Instance source = bench.addresses().source();
    String root = source.rootPath();
    try (EtcdConnection settings =
        EtcdConnection.open(EtcdEndpoint.at(bench.addresses().etcd()), Keyspace.ours(root + "/"))) {
      settings.put(root + "/config/rootCoord/dmlChannelNum", Integer.toString(before + 2));
    }
    bench.stack().restart(Part.SOURCE);
    String database = bench.databases()[0];
    Table.create(bench.sourceClient(), database, "on_new_channels", before + 2)
        .insert(0, 1_000, "row");
    task.awaitCaughtUp(SOON);
    assertThat(task.status().channels())
        .filteredOn(ChannelStatus::live)
        .extracting(ChannelStatus::channel)
        .contains(
            source.channelPrefix() + "_" + before, source.channelPrefix() + "_" + (before + 1));
    task.pause();
    Table.create(bench.sourceClient(), database, "while_paused", before + 2)
        .insert(0, 1_000, "row");
    task.resume();
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(bench.targetCount(database, "on_new_channels", task)).isEqualTo(1_000);
    assertThat(bench.targetCount(database, "while_paused", task)).isEqualTo(1_000);
  }
}
