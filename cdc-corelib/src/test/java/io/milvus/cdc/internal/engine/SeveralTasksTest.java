package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.testkit.FakeTarget;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of one engine share its source, and maybe a target. */
@Timeout(60)
class SeveralTasksTest {
  @TempDir Path directory;
  private OneEngine one;

  @BeforeEach
  void begin() {
    one = new OneEngine(directory);
  }

  @AfterEach
  void end() {
    one.close();
  }

  private CdcTask running(TaskSpec spec) throws Exception {
    CdcTask task = one.engine.submit(spec);
    task.awaitState(TaskState.RUNNING, SOON);
    return task;
  }

  private static TaskSpec some(String id, String... databases) {
    return TaskSpec.builder(id).selection(Selection.databases(databases)).build();
  }

  private void assertRefused(TaskSpec spec, String... words) {
    assertThatThrownBy(() -> one.engine.submit(spec))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
    assertThat(one.engine.task(spec.id())).isEmpty();
    assertThat(one.store.tasks()).doesNotContain(spec.id());
  }

  @Test
  void twoTasksThatWouldBringTheSameToOneTargetAreRefused() throws Exception {
    running(some("first", "a", "b"));

    assertRefused(
        TaskSpec.builder("second").selection(Selection.collections("b.books")).build(),
        "'first'",
        "'second'",
        "b.books",
        "disjoint");
    assertRefused(TaskSpec.of("all"), "'first'");
    running(some("third", "c"));
  }

  @Test
  void aPausedTaskStillKeepsItsScope() throws Exception {
    running(some("first", "a")).pause();

    assertRefused(some("second", "a"), "PAUSED");
  }

  @Test
  void aFailedTaskStillKeepsItsScope() throws Exception {
    one.target.failToOpen(new TargetException("broken for good", ""));
    one.engine.submit(some("first", "a")).awaitState(TaskState.FAILED, SOON);

    assertRefused(some("second", "a"), "FAILED");
  }

  @Test
  void aDeletedTaskGivesItsScopeFree() throws Exception {
    running(some("first", "a")).delete();

    running(some("second", "a"));
  }

  @Test
  void aTargetThatTheEngineDoesNotHaveIsRefused() {
    assertRefused(some("t", "a").toBuilder().target("mars").build(), "'mars'", "default", "other");
  }

  @Test
  void oneSourceGoesToTwoTargets() throws Exception {
    one.fill();
    CdcTask here = running(TaskSpec.of("here"));
    CdcTask there = running(TaskSpec.builder("there").target("other").build());

    awaitInserted(here, 1);
    awaitInserted(there, 1);
    assertThat(one.target.applied()).hasSize(1);
    assertThat(one.other.applied()).hasSize(1);
  }

  @Test
  void whileOneTargetIsAwayTheOtherGetsEverything() throws Exception {
    one.fill();
    one.target.failToOpen(
        Collections.nCopies(1000, new RetriableException("away", "")).toArray(Throwable[]::new));
    CdcTask here = one.engine.submit(TaskSpec.of("here"));
    here.awaitState(TaskState.RETRYING, SOON);
    CdcTask there = running(TaskSpec.builder("there").target("other").build());

    awaitInserted(there, 1);
    assertThat(here.state()).isNotEqualTo(TaskState.RUNNING);
    one.target.recover();
    awaitInserted(here, 1);
  }

  @Test
  void pausingFailingOrDeletingOneTaskLeavesTheOtherRunning() throws Exception {
    one.fill();
    CdcTask there = running(TaskSpec.builder("there").target("other").build());
    awaitInserted(there, 1);

    CdcTask here = running(TaskSpec.of("here"));
    awaitInserted(here, 1);
    here.pause();
    insert(2);
    awaitInserted(there, 2);
    here.resume();
    awaitInserted(here, 2);

    one.target.failToSend(new TargetException("broken for good", ""));
    insert(3);
    awaitInserted(there, 3);
    here.awaitState(TaskState.FAILED, SOON);

    here.delete();
    insert(4);
    awaitInserted(there, 4);
    assertThat(there.status().counters().retries()).isZero();
    assertThat(rows(one.other)).isEqualTo(4);
    assertThat(one.source.violations()).isEmpty();
  }

  private void insert(long key) {
    one.insert(one.tickNow() + 1, key);
  }

  private void awaitInserted(CdcTask task, long rows) {
    await()
        .until(
            () -> {
              one.tickNow();
              return task.status().counters().inserted() == rows;
            });
  }

  private static long rows(FakeTarget target) {
    return target.rounds().stream().mapToLong(round -> round.events().size()).sum();
  }

  @Test
  void aTargetThatIsAddedLaterTakesTasks() throws Exception {
    FakeTarget late = new FakeTarget();
    one.fill();
    assertRefused(TaskSpec.builder("late").target("late").build(), "'late'");

    one.engine.target("late", late);
    CdcTask task = running(TaskSpec.builder("late").target("late").build());

    await().atMost(SOON).until(() -> task.status().counters().inserted() == 1);
    assertThat(late.rounds()).isNotEmpty();
  }

  @Test
  void aTargetIsReplacedOnlyOnceNoTaskUsesIt() throws Exception {
    CdcTask task = running(TaskSpec.of("first"));
    task.pause();

    assertThatThrownBy(() -> one.engine.target("default", new FakeTarget()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'first'", "'default'");
    one.engine.target("default", one.target);
    task.delete();
    one.engine.target("default", new FakeTarget());
  }

  @Test
  void oneTargetUnderTwoNamesIsRefused() {
    assertThatThrownBy(() -> one.engine.target("again", one.target))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'default'");
  }

  @Test
  void aTaskThatIsSubmittedPausedStaysSoUntilItIsResumed() throws Exception {
    one.fill();
    CdcTask task = one.engine.submitPaused(TaskSpec.of("later"));

    assertThat(task.state()).isEqualTo(TaskState.PAUSED);
    assertRefused(TaskSpec.of("other"), "PAUSED");
    assertThat(one.source.opened()).isZero();
    task.resume();
    await().atMost(SOON).until(() -> task.status().counters().inserted() == 1);
  }
}
