package io.milvus.cdc.examples.e2e.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.examples.testbed.workload.Shape;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.internal.storage.StoredObject;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Existing rows come from a bucket whose files are replaced all the time, over a bad network, while
 * everything else dies, too. At length: {@code -Dcdc.rows} and {@code -Dcdc.kills}.
 */
@Tag("slow")
@Tag("nightly")
class KilledCopyE2E {
  private static final long ROWS = Long.getLong("cdc.rows", 16_000);
  private static final int KILLS = Integer.getInteger("cdc.kills", 3);
  private static final int BATCH = ROWS < 100_000 ? 400 : 2_000;
  private static final int RATE = 500;

  /** So wide that the copy consists of many batches, between which it is killed. */
  private static final List<Shape> SHAPES = FilledSource.shapes(1024);

  /** The copy lasts for a minute, if nothing dies. */
  private static final long BYTES_PER_SECOND = ROWS * 40;

  private static final Pattern ROWS_SENT = Pattern.compile("copy=COPYING lag=\\S+ rows=[1-9]");

  private static final Duration SOON = Duration.ofSeconds(Math.max(120, ROWS / 500));

  private static BusySource busy;

  private Bench bench;

  @TempDir private Path state;

  @BeforeAll
  static void up() throws InterruptedException {
    busy = BusySource.up();
  }

  @AfterAll
  static void down() {
    if (busy != null) {
      busy.close();
    }
  }

  @BeforeEach
  void open() {
    bench = Bench.on(busy.stack(), "busy");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theStandbyEndsEqualAlthoughTheTaskAndBothMilvusDieAndFilesVanish() throws Exception {
    SplittableRandom random = new SplittableRandom(Seeds.next("killed-copy"));
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    try (BadLink link = BadLink.to(busy.storage().endpoint());
        RunningWorkload workload = begin()) {
      workload.awaitRows(ROWS, SOON);
      workload.pause();
      index();
      workload.resume(RATE);
      Set<String> first = files();
      for (int kill = 0; kill < KILLS; kill++) {
        try (MirrorProcess mirror = bench.mirror(state, log, slowly(link))) {
          if (kill == 0) {
            mirror.awaitOutput("copy=WAITING", SOON);
          } else {
            mirror.awaitOutput(ROWS_SENT, SOON);
          }
          if (kill == KILLS / 3) {
            busy.stack().restart(Part.SOURCE);
          } else if (kill == 2 * KILLS / 3) {
            busy.stack().restart(Part.TARGET);
          }
          Thread.sleep(random.nextLong(0, 2000));
          System.out.println("killed at " + last(mirror));
        }
      }
      try (CdcEngine engine = engine(busy.bucket(link))) {
        CdcTask task =
            engine.submit(
                bench.spec().toBuilder().startFrom(StartFrom.existing().withFlush()).build());
        await().atMost(SOON).until(() -> isDone(task));
        workload.stop();
        System.out.println(workload);
        first.removeAll(files());
        System.out.printf(
            "%d files vanished, %d requests were throttled, %d answers cut%n",
            first.size(), link.throttled.get(), link.cut.get());
        assertThat(first).isNotEmpty();
        assertThat(link.throttled.get()).isPositive();
        assertThat(link.cut.get()).isPositive();
        assertEqual(task);
      }
    }
  }

  private static boolean isDone(CdcTask task) {
    ExistingStatus copy = task.status().existing();
    return copy != null && copy.phase() == ExistingStatus.Phase.DONE;
  }

  private static String last(MirrorProcess mirror) {
    String[] lines = mirror.output().split("\n");
    return lines[lines.length - 1];
  }

  private RunningWorkload begin() {
    bench.database("a");
    return MixedWorkload.on(bench.sourceClient())
        .databases(bench.databases())
        .shapes(SHAPES)
        .manyDeletes()
        .batch(BATCH)
        .goOnAfterErrors()
        .seed(Seeds.next("killed-copy-rows"))
        .start();
  }

  /** Milvus compacts, and collects the garbage of, indexed segments only. */
  private void index() {
    for (Shape shape : SHAPES) {
      if (!FilledSource.isKeyed(shape)) {
        MilvusCollection collection =
            bench.sourceClient().collection(bench.databases()[0], shape.name());
        collection.serving().createFlatIndex("vector", shape.name().equals("binary"));
      }
    }
  }

  private static Set<String> files() throws InterruptedException {
    try (ObjectStorage storage = ObjectStorage.open(busy.bucket())) {
      return storage.list("insert_log/").stream()
          .map(StoredObject::name)
          .collect(Collectors.toSet());
    }
  }

  private Map<String, String> slowly(BadLink link) {
    return Map.of(
        "storage", BusySource.setting(link),
        "api", bench.addresses().source().uri(),
        "bytesPerSecond", Long.toString(BYTES_PER_SECOND));
  }

  private CdcEngine engine(S3Endpoint bucket) {
    return CdcEngine.builder()
        .source(bench.source().storage(bucket).build())
        .target(bench.target().build())
        .checkpoints(FileStore.at(state))
        .start();
  }

  private void assertEqual(CdcTask task) throws Exception {
    // Query nodes may serve rows that are deleted, unless the deletes are stored.
    for (String collection : bench.sourceClient().collections(bench.databases()[0])) {
      bench.sourceClient().collection(bench.databases()[0], collection).flush();
    }
    task.awaitCaughtUp(SOON);
    Verdict verdict = bench.comparison(task).run();
    if (!verdict.equal()) {
      // Query nodes of Milvus 2.3.5 count wrongly for a while after a part was killed.
      Comparison again = bench.comparison(task).reloadSource().reloadTarget();
      verdict = again.retryFor(Duration.ofSeconds(10)).run();
    }
    MilvusSource source = bench.source().storage(busy.bucket()).build();
    new ToldRows(bench, source, state.resolve("told")).assertRight(verdict, task);
    assertThat(verdict.rows()).isGreaterThan(ROWS / 4);
  }

  @Test
  void aWrongKeyAndAMissingBucketAreFoundBeforeTheStart() throws Exception {
    bench.database("b");
    assertFound(busy.bucket().login("nobody", "x"), "does not know access key 'nobody'");
    assertFound(busy.bucket().login("writer", "x"), "refuses the secret key");
    assertFound(
        StorageEndpoint.s3(busy.storage().endpoint(), "elsewhere").login("writer", "writer-secret"),
        "has no such bucket");
    assertThat(bench.source().storage(busy.bucket()).build().check().findings())
        .noneMatch(Finding::isBlocking);
  }

  private void assertFound(S3Endpoint bucket, String what) throws InterruptedException {
    assertThat(bench.source().storage(bucket).build().check().findings())
        .filteredOn(Finding::isBlocking)
        .extracting(Finding::what)
        .singleElement()
        .asString()
        .contains(what);
  }
}
