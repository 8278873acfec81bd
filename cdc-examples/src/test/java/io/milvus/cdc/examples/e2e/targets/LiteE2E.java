package io.milvus.cdc.examples.e2e.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.KilledMirror;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.examples.testbed.workload.Schemas;
import io.milvus.cdc.examples.testbed.workload.Shape;
import io.milvus.cdc.internal.client.Query;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.grpc.FieldData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Milvus Lite of our days gets the rows of a Milvus 2.3, as far as it can hold them. */
class LiteE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final double ROWS_PER_SECOND = 600;

  private static LocalStack lite;

  @TempDir private Path state;

  @BeforeAll
  static void up() {
    lite = LocalStack.upLiteTarget(line -> {});
  }

  @AfterAll
  static void down() {
    lite.wipe();
  }

  /** It has no binary vectors, and moves no collection to another database. */
  @Test
  void nothingIsLostAndNothingIsDoubledWhenTheProcessIsKilled() throws Exception {
    long seed = Seeds.next("lite");
    List<Shape> shapes =
        Schemas.all(8).stream().filter(shape -> !shape.name().equals("binary")).toList();
    try (Bench bench = Bench.openWritable("lite", lite)) {
      KilledMirror mirror = new KilledMirror(bench, state, new SplittableRandom(seed));
      bench.database("a");
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .shapes(shapes)
              .seed(seed)
              .rate(ROWS_PER_SECOND)
              .start()) {
        mirror.killUnder(workload, 3);
      }
      mirror.assertEqual(task -> assertThat(task.status().limitations()).isEmpty());
    }
  }

  /** Messages as a Milvus 2.5 writes them, which has a value for each row, null or not. */
  @Test
  void nullsOfAMilvus25ArriveAsNulls() throws Exception {
    CollectionEntry collection = Nulls.collection();
    try (TargetSession session =
            MilvusTarget.builder()
                .uri(lite.addresses().target().uri())
                .clientWrites()
                .build()
                .open(new Opening("nulls", "", 0));
        MilvusClient client = MilvusClient.connect(lite.addresses().target().uri())) {
      session.apply(new SchemaEvent.CreateCollection(1, Nulls.DATABASE, collection));
      try (Delivery delivery = session.prepare(new Round(Nulls.rows(), 2, Round.Kind.FIRST))) {
        assertThat(delivery.send()).isEmpty();
      }

      List<FieldData> columns =
          client
              .collection("default", collection.name())
              .query(Query.of("id >= 0", "id", "price", "name").at(ReadAt.eventually()));
      assertThat(Nulls.byKey(columns, "price")).isEqualTo(Nulls.prices());
      assertThat(Nulls.byKey(columns, "name")).isEqualTo(Nulls.names());
      session.apply(new SchemaEvent.DropCollection(3, Nulls.DATABASE, collection));
    }
  }

  @Test
  void aRowWithAnyKeyArrivesAndGoes() throws Exception {
    try (Bench bench = Bench.openWritable("lite_keys", lite)) {
      OddRows.assertFollowed(bench, state);
    }
  }

  @Test
  void whatItCannotHaveIsToldAndWhatItCannotFollowStopsTheTask() throws Exception {
    try (Bench bench = Bench.openWritable("less", lite);
        CdcEngine engine = bench.engine(state)) {
      String database = bench.database("a");
      String other = bench.database("b");
      Table table = Table.create(bench.sourceClient(), database, "t", 2);
      table.collection().createPartition("p");
      table.collection().serving().createFlatIndex("v", false);
      table.collection().serving().startLoad(List.of("p"));
      table.insert(0, 100, "row");
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);

      assertThat(task.status().limitations())
          .singleElement()
          .asString()
          .contains(database + ".t is loaded as a whole");
      table.collection().rename(other, "t");
      task.awaitState(TaskState.FAILED, SOON);
      assertThat(task.status().reason())
          .contains(database + ".t", other + ".t", "moves no collection to another database");
      bench.dropDatabases();
      task.delete();
    }
  }
}
