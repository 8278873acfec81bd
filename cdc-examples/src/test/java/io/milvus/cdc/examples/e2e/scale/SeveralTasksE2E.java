package io.milvus.cdc.examples.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.store.InMemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks side by side do not notice each other. */
@ExtendWith(OneBench.class)
@Tag("slow")
class SeveralTasksE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  private Bench bench;
  private String a;
  private String b;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    a = bench.database("a");
    b = bench.database("b");
  }

  @Test
  void pausingOneTaskLeavesTheOtherRunning() throws Exception {
    Table inA = Table.create(bench.sourceClient(), a, "t", 2);
    Table inB = Table.create(bench.sourceClient(), b, "t", 2);
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask first = engine.submit(spec("a", a));
      CdcTask second = engine.submit(spec("b", b));
      inA.insert(0, 1000, "row");
      inB.insert(0, 1000, "row");
      first.awaitCaughtUp(SOON);
      first.pause();
      inA.insert(1000, 2000, "row");
      inB.insert(1000, 2000, "row");
      second.awaitCaughtUp(SOON);
      assertThat(first.state()).isEqualTo(TaskState.PAUSED);
      assertThat(second.status().counters().inserted()).isEqualTo(2000);
      first.resume();
      first.awaitCaughtUp(SOON);
      Verdict verdict = bench.compare(second, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      end(first, second);
    }
  }

  @Test
  void aTaskCanBeDeletedWhileItStarts() throws Exception {
    try (CdcEngine engine = bench.engine(state)) {
      for (int millis = 0; millis < 1500; millis += 150) {
        CdcTask task = engine.submit(spec("short" + millis, a));
        Thread.sleep(millis);
        task.delete();
        assertThat(task.state()).isEqualTo(TaskState.DELETED);
      }
    }
  }

  @Test
  void twoEnginesLiveInOneProcess() throws Exception {
    Table.create(bench.sourceClient(), a, "t", 1).insert(0, 1000, "row");
    Table.create(bench.sourceClient(), b, "t", 1).insert(0, 1000, "row");
    try (CdcEngine one = bench.engine(state.resolve("one"));
        CdcEngine other = bench.engine(state.resolve("other"))) {
      CdcTask first = one.submit(spec("a", a));
      CdcTask second = other.submit(spec("b", b));
      first.awaitCaughtUp(SOON);
      Verdict verdict = bench.compare(second, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      end(first, second);
    }
  }

  @Test
  void listenersCannotHarmATask() throws Exception {
    Table.create(bench.sourceClient(), a, "t", 1).insert(0, 1000, "row");
    CdcListener rude =
        new CdcListener() {
          @Override
          public void rowsApplied(String task, long inserted, long deleted, HybridTime watermark) {
            throw new IllegalStateException("thrown on purpose by a test");
          }
        };
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(bench.source().build())
            .target(bench.target().build())
            .checkpoints(new InMemoryStore())
            .listener(rude)
            .start()) {
      CdcTask task = engine.submit(bench.spec());
      Verdict verdict = bench.compare(task, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      bench.cleanUp(task);
    }
  }

  @Test
  void startingFromTheLatestLeavesOldRowsOut() throws Exception {
    Table table = Table.create(bench.sourceClient(), a, "t", 2);
    table.insert(0, 1000, "old");
    Thread.sleep(1000);
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec().toBuilder().startFrom(StartFrom.latest()).build());
      task.awaitCaughtUp(SOON);
      table.insert(1000, 1500, "new");
      task.awaitCaughtUp(SOON);
      assertThat(task.status().counters().inserted()).isEqualTo(500);
      bench.cleanUp(task);
    }
  }

  @Test
  void aTaskBeginsAtThePositionsOfAPausedOne() throws Exception {
    Table table = Table.create(bench.sourceClient(), a, "t", 2);
    table.insert(0, 1000, "old");
    try (CdcEngine engine = bench.engine(state);
        CdcEngine other = bench.engine(state.resolve("other"))) {
      CdcTask first = engine.submit(spec("first", a));
      first.awaitCaughtUp(SOON);
      first.pause();
      StartFrom reached = first.status().checkpoint();
      table.insert(1000, 1500, "new");
      table.delete(0, 100);
      CdcTask second = other.submit(bench.spec().toBuilder().startFrom(reached).build());
      Verdict verdict = bench.compare(second, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(second.status().counters().inserted()).isEqualTo(500);
      first.delete();
      bench.cleanUp(second);
    }
  }

  /**
   * Both have collections on all of the target's channels, where the ticks of the one tell that
   * nothing older follows.
   */
  @Test
  void aTaskThatLagsIsNotOvertakenByTheTicksOfAnotherWhenTheProcessStartsAnew() throws Exception {
    int allChannels = bench.addresses().target().channels();
    Table.create(bench.sourceClient(), a, "t", allChannels).insert(0, 1000, "row");
    Table lagging = Table.create(bench.sourceClient(), b, "t", allChannels);
    lagging.insert(0, 1000, "row");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask first = engine.submit(spec("first", a));
      CdcTask second = engine.submit(spec("second", b));
      second.awaitCaughtUp(SOON);
      second.pause();
      lagging.insert(1000, 6000, "late");
      Thread.sleep(3000);
      first.awaitCaughtUp(SOON);
    }
    try (CdcEngine engine = bench.engineOfNewProcess(state)) {
      CdcTask second = engine.submit(spec("second", b));
      second.awaitCaughtUp(SOON);
      bench.stack().restart(Part.TARGET);
      Verdict verdict = bench.compare(second, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      end(engine.submit(spec("first", a)), second);
    }
  }

  @Test
  void startingAnewOnATargetThatHasTheRowsIsRefused() throws Exception {
    Table.create(bench.sourceClient(), a, "t", 1).insert(0, 1000, "row");
    try (CdcEngine engine = bench.engine(state);
        CdcEngine other = bench.engine(state.resolve("other"))) {
      CdcTask first = engine.submit(spec("first", a));
      first.awaitCaughtUp(SOON);
      first.pause();
      CdcTask second = other.submit(bench.spec());
      second.awaitState(TaskState.FAILED, SOON);
      assertThat(second.status().reason())
          .contains(a + ".t")
          .contains("already on the target")
          .contains("positions of that task");
      second.delete();
      first.resume();
      Verdict verdict = bench.compare(first, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      end(first);
    }
  }

  @Test
  void aTaskForWhatAnotherOneReplicatesIsRefused() throws Exception {
    Table.create(bench.sourceClient(), a, "t", 1).insert(0, 1000, "row");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask first = engine.submit(spec("first", a));
      first.awaitCaughtUp(SOON);
      first.pause();
      TaskSpec again =
          spec("second", a).toBuilder().selection(Selection.collections(a + ".t")).build();
      assertThatThrownBy(() -> engine.submit(again))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll(spec("first", a).id(), spec("second", a).id(), a + ".t");
      first.resume();
      end(first);
    }
  }

  @Test
  void aTaskThatFailsAndIsDeletedLeavesTheOtherRunning() throws Exception {
    Table.create(bench.sourceClient(), a, "t", 2).insert(0, 1000, "row");
    Table inB = Table.create(bench.sourceClient(), b, "t", 2);
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask before = engine.submit(spec("before", a));
      before.awaitCaughtUp(SOON);
      before.delete();
      CdcTask good = engine.submit(spec("good", b));
      CdcTask bad = engine.submit(spec("bad", a));
      inB.insert(0, 1000, "row");
      bad.awaitState(TaskState.FAILED, SOON);
      inB.insert(1000, 2000, "row");
      good.awaitCaughtUp(SOON);
      bad.delete();
      CdcTask after =
          engine.submit(spec("after", a).toBuilder().startFrom(StartFrom.latest()).build());
      inB.delete(0, 100);
      after.awaitCaughtUp(SOON);
      Verdict verdict = bench.compare(good, SOON);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(good.status().counters().retries()).isZero();
      end(good, after);
    }
  }

  private TaskSpec spec(String suffix, String database) {
    return TaskSpec.builder(bench.spec().id() + "_" + suffix)
        .selection(Selection.databases(database))
        .build();
  }

  private void end(CdcTask... tasks) throws Exception {
    bench.dropDatabases();
    for (CdcTask task : tasks) {
      task.awaitCaughtUp(SOON);
      task.delete();
    }
  }
}
