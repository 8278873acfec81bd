package io.milvus.cdc.examples.e2e.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Link;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.PulsarAdmin;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What would keep a task from replicating is told before it is submitted, all of it at once. */
@ExtendWith(OneBench.class)
class PreflightE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String NOBODY_LISTENS = "127.0.0.1:9";

  private static Bench bench;

  @TempDir private Path state;

  @BeforeAll
  static void open(Bench corner) {
    bench = corner;
  }

  @Test
  void everythingThatIsWrongWithASetupIsToldAtOnce() throws Exception {
    String source = bench.addresses().source().uri();
    List<Finding> found =
        CdcEngine.builder()
            .source(bench.source().channelPrefix("elsewhere-dml").build())
            .target(bench.target().etcd("http://" + NOBODY_LISTENS).build())
            .target("itself", MilvusTarget.builder().uri(source).build())
            .check();

    assertFound(found, Finding.Severity.BLOCKING, "'elsewhere-dml_<n>'", "Set channelPrefix");
    assertFound(found, Finding.Severity.BLOCKING, "no standby", "common.ttMsgEnabled");
    assertFound(found, Finding.Severity.BLOCKING, source, "are the same Milvus");
    assertFound(found, Finding.Severity.WARNING, NOBODY_LISTENS, "mode cannot be switched");
    assertThat(found).hasSize(4).noneMatch(finding -> finding.cure().isEmpty());
  }

  @Test
  void whatATaskWouldStumbleOverIsToldAlsoWhileItsTargetIsAway() throws Exception {
    String database = bench.database("a");
    Table.create(bench.sourceClient(), database, "t", 1);
    Table.create(bench.sourceClient(), database, "u", 1, true);
    TaskSpec spec = bench.spec();
    TaskSpec conflicting =
        TaskSpec.builder("conflicting")
            .selection(Selection.collections(database + ".t"))
            .names(NameMapping.none().collection(database + ".t", database + ".u"))
            .startFrom(
                StartFrom.positions(new HybridTime(1), Map.of(channelOf(database), lostPosition())))
            .build();
    Link link = Link.to(bench.addresses().target().uri());
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().build())
            .target(bench.target().uri(link.address()).build())
            .checkpoints(FileStore.at(state))
            .start()) {
      assertThat(engine.check(spec)).noneMatch(Finding::isBlocking);
      assertThat(state).isEmptyDirectory();
      assertThat(subscriptions(channelOf(database))).doesNotContain(spec.id());
      CdcTask task = engine.submit(spec);
      task.awaitCaughtUp(SOON);

      List<Finding> found = engine.check(conflicting);
      assertFound(found, Finding.Severity.BLOCKING, "'conflicting' would both replicate");
      assertFound(found, Finding.Severity.BLOCKING, "no longer holds message");
      assertFound(found, Finding.Severity.BLOCKING, database + ".u exists", "field more is only");
      assertThat(engine.check(spec)).noneMatch(Finding::isBlocking);

      link.cut();
      List<Finding> away = engine.check(conflicting);
      assertFound(away, Finding.Severity.BLOCKING, link.address(), "cannot be reached");
      assertFound(away, Finding.Severity.BLOCKING, "no longer holds message");
      link.mend();
      bench.cleanUp(task);
    } finally {
      link.close();
    }
  }

  @Test
  void aTargetIsMadeAStandbyWhereThatIsAllowedButNotOnceItWasGivenOver() throws Exception {
    LocalStack writable = LocalStack.upWritableTarget(line -> {});
    String uri = writable.addresses().target().uri();
    MilvusTarget.Builder target =
        MilvusTarget.builder()
            .uri(uri)
            .etcd(writable.addresses().etcd())
            .rootPath(writable.addresses().target().rootPath());
    String database = bench.database("b");
    Table table = Table.create(bench.sourceClient(), database, "t", 1);
    table.collection().serving().createFlatIndex("v", false);
    table.collection().serving().startLoad();
    table.insert(0, 1000, "row");
    TaskSpec spec =
        TaskSpec.builder("made_replica").selection(Selection.databases(database)).build();
    try (MilvusClient client = MilvusClient.connect(uri)) {
      Table own = Table.create(client, "default", "own", 1);
      own.insert(0, 10, "own");
      assertThatThrownBy(engine(target)::start).hasMessageContaining("no standby");

      target.allowStandbySwitch();
      try (CdcEngine engine = engine(target).start()) {
        assertFound(
            engine.check(spec), Finding.Severity.WARNING, "switches it to standby when it begins");
        own.insert(10, 20, "own");
        CdcTask task = engine.submit(spec);
        task.awaitCaughtUp(SOON);
        assertThatThrownBy(() -> own.insert(20, 30, "own")).isInstanceOf(MilvusException.class);
        Verdict verdict =
            Comparison.of(bench.sourceSide(), MilvusEndpoint.at(uri))
                .load()
                .databases(database)
                .targetReadAt(() -> task.status().readTimestamp())
                .retryFor(SOON)
                .run();
        assertThat(verdict.equal()).as(verdict.table()).isTrue();
        assertThat(verdict.rows()).isEqualTo(1000);
        task.promote();
      }
      try (CdcEngine engine = engine(target).start()) {
        TaskSpec other = TaskSpec.builder("other").selection(Selection.databases(database)).build();
        assertFound(engine.check(spec), Finding.Severity.BLOCKING, "was promoted", "Demote");
        assertFound(engine.check(other), Finding.Severity.BLOCKING, "accepts client writes");
        CdcTask task = engine.submit(other);
        task.awaitState(TaskState.FAILED, SOON);
        assertThat(task.status().reason()).contains("accepts client writes", "Demote");
        own.insert(20, 30, "own");
        task.delete();
        engine.submit(spec).delete();
      }
    } finally {
      writable.wipe();
      bench.dropDatabases();
    }
  }

  private CdcEngine.Builder engine(MilvusTarget.Builder target) {
    return CdcEngine.builder()
        .source(bench.source().build())
        .target(target.build())
        .checkpoints(FileStore.at(state));
  }

  private static void assertFound(List<Finding> found, Finding.Severity severity, String... texts) {
    assertThat(found)
        .as("a finding with %s", List.of(texts))
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.message()).contains(texts);
            });
  }

  /** A message that the queue does not hold. */
  private static Position lostPosition() {
    return new Position(bench.addresses().queue().equals("kafka") ? "999999999999" : "0:0");
  }

  /** The channel of a database's collection t. */
  private static String channelOf(String database) {
    return bench.sourceClient().collection(database, "t").describe().getPhysicalChannelNames(0);
  }

  /** What holds messages of a channel, as JSON. Kafka has nothing that does. */
  private static String subscriptions(String channel) throws Exception {
    return bench.addresses().queue().equals("kafka")
        ? ""
        : new PulsarAdmin(bench.addresses(), "none")
            .get(
                "persistent/%s/%s/subscriptions"
                    .formatted(bench.addresses().pulsarNamespace(), channel))
            .body();
  }
}
