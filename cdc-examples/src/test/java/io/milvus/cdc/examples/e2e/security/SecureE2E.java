package io.milvus.cdc.examples.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Keys;
import io.milvus.cdc.examples.e2e.bench.PulsarAdmin;
import io.milvus.cdc.examples.e2e.bench.PulsarTopicReader;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.e2e.bench.TopicComparison;
import io.milvus.cdc.examples.testbed.client.Access;
import io.milvus.cdc.examples.testbed.client.Access.Right;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replication with TLS and credentials on every wire, and none of the secrets told to anybody. */
@Tag("slow")
class SecureE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  private static @Nullable LocalStack stack;

  private Bench bench;
  private Keys keys;
  private CapturedLog log;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    bench = Bench.openSecure("secure");
    stack = bench.stack();
    keys = new Keys(stack.credentials());
    log = new CapturedLog();
  }

  @AfterAll
  static void wipe() {
    if (stack != null) {
      stack.wipe();
    }
  }

  @AfterEach
  void noSecretIsTold() throws Exception {
    log.close();
    bench.close();
    keys.assertNoneIn(log.text());
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        keys.assertNoneIn(Files.readString(file));
      }
    }
  }

  @Test
  void rowsAndCollectionsAreMirrored() throws Exception {
    String database = bench.database("a");
    Table kept = Table.create(bench.sourceClient(), database, "kept", 2);
    Table.create(bench.sourceClient(), database, "dropped", 1).insert(0, 100, "row");
    kept.insert(0, 3_000, "row");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      kept.delete(500, 1_000);
      task.awaitCaughtUp(SOON);
      assertThat(bench.targetClient().collections(database)).containsOnly("kept", "dropped");
      task.pause();
      assertThat(task.state()).isEqualTo(TaskState.PAUSED);
      Table.create(bench.sourceClient(), database, "created", 1).insert(0, 500, "row");
      bench.sourceClient().drop(database, "dropped");
      kept.insert(3_000, 4_000, "while paused");
      task.resume();
      assertEqual(task);
      assertThat(bench.targetClient().collections(database)).containsOnly("kept", "created");
      assertThat(pulsar().subscriptions()).contains(bench.spec().id());
      task.delete();
      assertThat(pulsar().subscriptions()).doesNotContain(bench.spec().id());
    }
  }

  /** etcd keeps its tokens in memory, so that ours is void then. */
  @Test
  void theLoginOutlivesARestartOfEtcd() throws Exception {
    String database = bench.database("b");
    Table.create(bench.sourceClient(), database, "before", 1).insert(0, 1_000, "row");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      bench.stack().restart(Part.ETCD);
      Awaitility.await().atMost(SOON).until(bench.stack()::healthy);
      Table.create(bench.sourceClient(), database, "after", 1).insert(0, 1_000, "row");
      assertEqual(task);
      task.delete();
    }
  }

  /** The target checks what users may do; the source's own users are the same. */
  @Test
  void aReplicatedUserLogsInAndMayDoWhatTheSourceSays() throws Exception {
    String name = bench.database("c") + "_u";
    Access source = bench.sourceClient().access();
    source.createRole(name);
    source.createUser(name, "a-word-of-users");
    source.addRole(name, name);
    MilvusTarget to =
        bench.target().passwords(user -> Optional.of(new Secret("a-word-of-users"))).build();
    try (CdcEngine engine = bench.engine(state, to);
        MilvusClient user =
            MilvusClient.connect(
                bench.addresses().target().uri(),
                keys.credentials().authority(),
                name,
                "a-word-of-users")) {
      CdcTask task = engine.submit(bench.spec().toBuilder().access(true).build());
      task.awaitCaughtUp(SOON);
      assertThat(task.status().limitations()).isEmpty();
      assertThat(user.collections("default")).isNotNull();
      assertThatThrownBy(user.access()::users).hasMessageContaining("PERMISSION_DENIED");
      source.grant(name, new Right("User", "default", "*", "SelectUser"));
      Awaitility.await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> user.access().users().containsKey(name));
      source.dropUser(name);
      Awaitility.await()
          .atMost(SOON)
          .until(() -> !bench.targetClient().access().users().containsKey(name));
      task.delete();
    }
    assertThat(log.text()).doesNotContain("a-word-of-users");
  }

  @Test
  void changesAreToldToAPulsarByATokenThatMayOnlyProduceThere() throws Exception {
    String database = bench.database("d");
    Table table = Table.create(bench.sourceClient(), database, "t", 2);
    table.insert(0, 300, "row");
    String topic = "changes-" + database;
    try (CdcEngine engine = bench.engine(state, keys.topic(bench.addresses(), topic).build())) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      table.delete(0, 100);
      task.awaitCaughtUp(SOON);
      PulsarTopicReader told =
          PulsarTopicReader.read(
              keys.reading(bench.addresses()),
              "persistent://milvus/events/" + topic,
              task.status().watermark().value());
      TopicComparison comparison =
          new TopicComparison(bench.sourceClient(), told.rebuild().source());
      assertThat(comparison.differences(Set.of(database))).isEmpty();
      assertThat(comparison.rows()).isEqualTo(200);
      keys.assertNoneIn(task.status().toString());
      task.delete();
    }
  }

  @Test
  void theTokenMayConsumeOnly() throws Exception {
    assertThat(pulsar().get("tenants").statusCode()).isIn(401, 403);
    assertThat(pulsar().get("namespaces/milvus/source/permissions").statusCode()).isIn(401, 403);
  }

  @Test
  void descriptionsHoldNoSecret() {
    keys.assertNoneIn("%s %s".formatted(bench.source().build(), bench.target().build()));
    keys.assertNoneIn(bench.stack().credentials().toString());
  }

  private void assertEqual(CdcTask task) throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
    keys.assertNoneIn(task.status().toString());
  }

  private PulsarAdmin pulsar() {
    return new PulsarAdmin(bench.addresses(), keys.credentials().pulsarToken());
  }
}
