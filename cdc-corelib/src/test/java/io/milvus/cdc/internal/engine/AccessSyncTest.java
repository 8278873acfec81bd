package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessEntry.Role;
import io.milvus.cdc.catalog.AccessEntry.User;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.testkit.Entries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users and roles between a source and a target in memory. */
@Timeout(60)
class AccessSyncTest {
  private static final Role READER =
      new Role("reader", Set.of(new Grant("Collection", "default", "books", "Search")));
  private static final User ANNA = new User("anna", Set.of("reader"), "1");
  private static final User BERT = new User("bert", Set.of("reader"), "1");

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  @TempDir Path directory;
  private OneEngine one;

  @BeforeEach
  void begin() {
    one =
        new OneEngine(
            directory,
            new CdcListener() {
              @Override
              public void accessApplied(String task, AccessName name) {
                told.add(name.toString());
              }

              @Override
              public void limitationReported(String task, String why) {
                told.add(why);
              }
            });
    one.fill();
  }

  @AfterEach
  void end() {
    one.close();
  }

  private void admit(AccessEntry... entries) {
    one.source.change(Entries.catalog(OneEngine.BOOKS).with(Access.of(List.of(entries))));
  }

  private CdcTask running(TaskSpec spec) throws Exception {
    CdcTask task = one.engine.submit(spec);
    task.awaitState(TaskState.RUNNING, SOON);
    return task;
  }

  private void awaitAccess(AccessEntry... entries) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(one.target.access()).isEqualTo(Access.of(List.of(entries))));
  }

  private Access stored(CdcTask task) {
    task.pause();
    one.engine.close();
    try (CheckpointClaim claim = one.store.claim(task.id())) {
      return claim.load().orElseThrow().applied().access();
    }
  }

  @Test
  void whatIsThereBeforeAndWhatChangesLaterArrives() throws Exception {
    admit(READER);
    running(TaskSpec.builder("t").access(true).build());
    awaitAccess(READER);
    admit(READER, ANNA);
    awaitAccess(READER, ANNA);
    admit(new Role("reader", Set.of()), ANNA);
    awaitAccess(new Role("reader", Set.of()), ANNA);
    admit();

    awaitAccess();
    await().atMost(SOON).until(() -> told.contains("user anna"));
  }

  @Test
  void withoutTheSwitchNothingIsDone() throws Exception {
    admit(READER, ANNA);
    CdcTask task = running(TaskSpec.of("t"));
    await().atMost(SOON).until(() -> task.status().counters().inserted() == 1);

    assertThat(one.target.access()).isEqualTo(Access.NONE);
    assertThat(stored(task)).isEqualTo(Access.NONE);
  }

  @Test
  void whoCannotBeMadeIsInTheStatusAndTheOthersAreMade() throws Exception {
    one.target.fallShort("user anna", "nobody knows her password");
    admit(READER, ANNA, BERT);
    CdcTask task = running(TaskSpec.builder("t").access(true).build());
    awaitAccess(READER, BERT);

    assertThat(task.status().limitations()).containsExactly("nobody knows her password");
    await().atMost(SOON).until(() -> told.contains("nobody knows her password"));
    one.target.fallShort("user anna", "");
    awaitAccess(READER, ANNA, BERT);
    await().atMost(SOON).until(() -> task.status().limitations().isEmpty());
  }

  @Test
  void whatIsDroppedWhileTheTaskIsAwayIsDropped() throws Exception {
    admit(READER, ANNA);
    CdcTask task = running(TaskSpec.builder("t").access(true).build());
    awaitAccess(READER, ANNA);
    task.pause();
    admit(READER);
    task.resume();

    awaitAccess(READER);
  }

  @Test
  void everythingIsListedInTheCheckpointBeforeItIsMade() throws Exception {
    one.target.fallShort("role reader", "not yet");
    admit(READER);
    CdcTask task = running(TaskSpec.builder("t").access(true).build());
    await().atMost(SOON).until(() -> !task.status().limitations().isEmpty());

    assertThat(stored(task)).isEqualTo(Access.of(List.of(READER)));
  }

  @Test
  void twoTasksWithAccessForOneTargetAreRefused() throws Exception {
    running(TaskSpec.builder("first").selection(Selection.databases("a")).access(true).build());
    TaskSpec second = TaskSpec.builder("second").selection(Selection.databases("b")).build();

    assertThatThrownBy(() -> one.engine.submit(second.toBuilder().access(true).build()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'first'", "'second'", "users and roles", "Leave access out");
    running(second);
    running(TaskSpec.builder("third").target("other").access(true).build());
  }
}
