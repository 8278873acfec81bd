package io.milvus.cdc.examples.e2e.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.KilledMirror;
import io.milvus.cdc.examples.e2e.bench.Moment;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.e2e.rows.Float16E2E;
import io.milvus.cdc.examples.testbed.client.Access;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target that is no standby gets the same rows by client writes. At length: {@code -Dcdc.rows}
 * and {@code -Dcdc.kills}.
 */
@Tag("slow")
class ClientWritesE2E {
  private static final long ROWS = Long.getLong("cdc.rows", 40_000);

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final double ROWS_PER_SECOND = 1_500;

  private static LocalStack writable;

  @TempDir private Path state;

  @BeforeAll
  static void up() {
    writable = LocalStack.upWritableTarget(line -> {});
  }

  @AfterAll
  static void down() {
    writable.wipe();
  }

  @Test
  void everyTypeInEveryKindOfCollectionEndsEqual() throws Exception {
    try (Bench bench = Bench.openWritable("ordinary", writable)) {
      bench.database("a");
      bench.database("b");
      try (CdcEngine engine = bench.engine(state)) {
        CdcTask task = engine.submit(bench.spec());
        task.awaitState(TaskState.RUNNING, Duration.ofMinutes(1));
        try (RunningWorkload workload =
            MixedWorkload.on(bench.sourceClient())
                .databases(bench.databases())
                .seed(Seeds.next("ordinary"))
                .rows(ROWS)
                .start()) {
          workload.await(Duration.ofMinutes(5));
          System.out.println(workload);
        }
        Verdict verdict = bench.compare(task, Duration.ofMinutes(2));
        System.out.println(verdict.table());
        assertThat(verdict.equal()).as(verdict.table()).isTrue();
        assertThat(verdict.collections()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(task.status().limitations()).isEmpty();
        bench.cleanUp(task);
      }
    }
  }

  @Test
  void aThousandKeysGoAtOnceAndRowsOfOthersStay() throws Exception {
    try (Bench bench = Bench.openWritable("others", writable);
        CdcEngine engine = bench.engine(state)) {
      String database = bench.database("a");
      Table table = Table.create(bench.sourceClient(), database, "t", 2);
      table.collection().serving().createFlatIndex("v", false);
      table.collection().serving().load(SOON);
      table.insert(0, 3000, "row");
      // Again: on the source there are two rows of each of these keys now.
      table.insert(2900, 3000, "again");
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      Table mirrored = new Table(bench.targetClient().collection(database, "t"));
      mirrored.insert(10_000, 10_100, "other");
      table.delete(0, 1000);
      table.upsert(1000, 1100, "new");
      task.awaitCaughtUp(SOON);

      mirrored.collection().serving().awaitLoaded(SOON);
      ReadAt now = ReadAt.timestamp(task.status().readTimestamp().value());
      assertThat(mirrored.collection().count(ReadAt.strong())).isEqualTo(2100);
      assertThat(mirrored.collection().count("pk < 1000", List.of(), now)).isZero();
      assertThat(mirrored.collection().count("note like \"new%\"", List.of(), now)).isEqualTo(100);
      mirrored.delete(10_000, 10_100);
      Verdict verdict = bench.compare(task, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(2000);
      bench.cleanUp(task);
    }
  }

  @Test
  void aRowWithAnyKeyArrivesAndGoes() throws Exception {
    try (Bench bench = Bench.openWritable("odd_keys", writable)) {
      OddRows.assertFollowed(bench, state);
    }
  }

  @Test
  void float16VectorsArriveBitForBit() throws Exception {
    try (Bench bench = Bench.openWritable("ordinary_half", writable)) {
      Float16E2E.assertArrival(bench, state);
    }
  }

  /** The quota center looks at its settings every 3 s, so each of these waits for a refusal. */
  @Test
  void aTargetWithAQuotaGetsEverythingInItsTime() throws Exception {
    try (Bench bench = Bench.openWritable("quota", writable);
        CdcEngine engine = bench.engine(state)) {
      String database = bench.database("a");
      Table table = Table.create(bench.sourceClient(), database, "t", 2);
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);

      setting("limitWriting/forceDeny", "true");
      table.insert(0, 5_000, "row");
      awaitShortcoming(task, table);
      setting("limitWriting/forceDeny", "false");
      task.awaitCaughtUp(SOON);
      assertThat(task.status().limitations()).isEmpty();

      Verdict verdict = bench.compare(task, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isGreaterThanOrEqualTo(5_000);
      assertThat(task.status().counters().retries()).isZero();
      bench.cleanUp(task);
    }
  }

  /** Until the setting counts, rows go on to arrive. */
  private static void awaitShortcoming(CdcTask task, Table table) throws InterruptedException {
    long next = 5_000;
    while (task.status().limitations().isEmpty()) {
      table.insert(next, next + 10, "more");
      next += 10;
      Thread.sleep(100);
    }
    assertThat(task.status().limitations().get(0)).contains("accepts no more rows for now");
    assertThat(task.state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void usersRolesAndGrantsAreThoseOfTheSource() throws Exception {
    try (Bench bench = Bench.openWritable("ordinary_access", writable)) {
      String database = bench.database("a");
      String role = database + "_reader";
      String user = database + "_anna";
      Access source = bench.sourceClient().access();
      Access target = bench.targetClient().access();
      Access.Right query = new Access.Right("Collection", database, "*", "Query");
      source.createRole(role);
      source.grant(role, query);
      source.createUser(user, "annas-word");
      source.addRole(user, role);
      MilvusTarget to =
          bench.target().passwords(name -> Optional.of(new Secret("annas-word"))).build();
      try (CdcEngine engine = bench.engine(state, to)) {
        CdcTask task = engine.submit(bench.spec().toBuilder().access(true).build());
        task.awaitCaughtUp(SOON);
        assertThat(target.users()).containsEntry(user, Set.of(role));
        assertThat(target.hasPassword(user, "annas-word")).isTrue();
        assertThat(target.rights(role, database)).containsExactly(query);

        source.revoke(role, query);
        source.removeRole(user, role);
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> {
                  assertThat(target.users()).containsEntry(user, Set.of());
                  assertThat(target.rights(role, database)).isEmpty();
                });
        source.dropUser(user);
        source.dropRole(role);
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> {
                  assertThat(target.users()).doesNotContainKey(user);
                  assertThat(target.roles()).doesNotContain(role);
                });
        assertThat(task.status().limitations()).isEmpty();
        bench.cleanUp(task);
      }
    }
  }

  private static void setting(String name, String value) throws InterruptedException {
    Addresses addresses = writable.addresses();
    String root = addresses.target().rootPath();
    try (EtcdConnection connection =
        EtcdConnection.open(EtcdEndpoint.at(addresses.etcd()), Keyspace.ours(root + "/"))) {
      connection.put(root + "/config/quotaAndLimits/" + name, value);
    }
  }

  @Test
  void nothingIsLostAndNothingIsDoubledWhenTheProcessIsKilled() throws Exception {
    long seed = Seeds.next("ordinary crash");
    try (Bench bench = Bench.openWritable("ordinary_crash", writable)) {
      KilledMirror mirror = new KilledMirror(bench, state, new SplittableRandom(seed));
      bench.database("a");
      bench.database("b");
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .seed(seed)
              .rate(ROWS_PER_SECOND)
              .betweenChanges(Duration.ofMillis(500))
              .start()) {
        mirror.killUnder(workload, Moment.values().length);
      }
      mirror.assertEqual(task -> {});
    }
  }
}
