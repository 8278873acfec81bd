package io.milvus.cdc.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.store.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user's view: nothing here is not public. */
@Timeout(60)
class InMemoryTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Field ID = Field.key("id", FieldType.INT64);
  private static final Field TITLE = Field.of("title", FieldType.TEXT);

  private final InMemorySource source = new InMemorySource();
  private final InMemoryTarget target = new InMemoryTarget();
  private final InMemoryStore store = new InMemoryStore();

  private CdcEngine engine() {
    return CdcEngine.builder().source(source).target(target).checkpoints(store).start();
  }

  private static Map<String, Object> book(long id, String title) {
    return Map.of("id", id, "title", title);
  }

  @Test
  void whatTheSourceHasTheTargetGetsInOrder() throws Exception {
    InMemoryCollection books = source.create("books", ID, TITLE);
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      books.insert("_default", List.of(book(1, "Emma"), book(2, "Persuasion"), book(3, "Ivanhoe")));
      books.upsert(book(2, "Northanger Abbey"));
      books.delete(3L, 4L);
      books.insert(book(5, "Waverley"));
      task.awaitCaughtUp(SOON);
      assertThat(books.rows()).containsOnlyKeys(1L, 2L, 5L);
      assertThat(target.rows("books")).isEqualTo(books.rows());
      assertThat(target.rows("books").get(2L)).isEqualTo(book(2, "Northanger Abbey"));
    }
  }

  @Test
  void existingRowsArriveAlthoughTheQueueHasForgottenThemAndLaterOnesFollow() throws Exception {
    InMemoryCollection books = source.create("books", ID, TITLE);
    books.insert("_default", List.of(book(1, "Emma"), book(2, "Persuasion"), book(3, "Ivanhoe")));
    books.upsert(book(2, "Northanger Abbey"));
    books.delete(3L);
    books.rename("novels");
    InMemoryCollection gone = source.create("gone", ID, TITLE);
    gone.insert(book(1, "Rob Roy"));
    gone.drop();
    source.forgetMessages();
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(existing());
      books.insert(book(5, "Waverley"));
      books.delete(1L);
      books.rename("stories");
      task.awaitCaughtUp(SOON);
      assertThat(books.rows()).containsOnlyKeys(2L, 5L);
      assertThat(target.rows("stories")).isEqualTo(books.rows());
      assertThat(target.collections()).containsExactly("default.stories");
      assertThat(task.status().existing().phase()).isEqualTo(ExistingStatus.Phase.DONE);
      assertThat(task.status().existing().rows()).isPositive();
    }
  }

  private static TaskSpec existing() {
    return TaskSpec.builder("t").startFrom(StartFrom.existing()).build();
  }

  @Test
  void everyTypeOfFieldArrivesAsItWasGiven() throws Exception {
    InMemoryCollection all =
        source.createIn(
            "types",
            "all",
            Field.key("key", FieldType.TEXT),
            Field.of("bool", FieldType.BOOL),
            Field.of("int8", FieldType.INT8),
            Field.of("int16", FieldType.INT16),
            Field.of("int32", FieldType.INT32),
            Field.of("int64", FieldType.INT64),
            Field.of("float", FieldType.FLOAT),
            Field.of("double", FieldType.DOUBLE),
            Field.of("json", FieldType.JSON),
            Field.vector("vector", 2));
    Map<String, Object> row =
        Map.of(
            "key",
            "k",
            "bool",
            true,
            "int8",
            -8,
            "int16",
            16_000,
            "int32",
            1 << 30,
            "int64",
            1L << 60,
            "float",
            0.5f,
            "double",
            0.25,
            "json",
            "{\"a\": 1}",
            "vector",
            List.of(1f, 2f));
    all.insert(row);
    try (CdcEngine engine = engine()) {
      engine.submit(TaskSpec.of("t")).awaitCaughtUp(SOON);
      assertThat(target.rows("types", "all").get("k")).isEqualTo(row);
      assertThat(all.rows()).isEqualTo(target.rows("types", "all"));
    }
  }

  @Test
  void collectionsAndPartitionsComeAndGoAndChangeNames() throws Exception {
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      InMemoryCollection books = source.createIn("library", "books", ID, TITLE);
      books.createPartition("old");
      books.insert("old", List.of(book(1, "Beowulf")));
      books.insert(book(2, "Emma"));
      InMemoryCollection lost = source.create("lost", ID, TITLE);
      lost.insert(book(1, "Love's Labour's Won"));
      task.awaitCaughtUp(SOON);
      assertThat(target.collections()).isEqualTo(Set.of("library.books", "default.lost"));
      assertThat(target.partitions("library", "books")).isEqualTo(Set.of("_default", "old"));
      assertThat(target.rows("library", "books")).containsOnlyKeys(1L, 2L);
      books.dropPartition("old");
      books.rename("shelf");
      lost.drop();
      InMemoryCollection again = source.createIn("library", "books", ID, TITLE);
      again.insert(book(7, "Rob Roy"));
      task.awaitCaughtUp(SOON);
      assertThat(target.collections()).isEqualTo(Set.of("library.books", "library.shelf"));
      assertThat(target.partitions("library", "shelf")).isEqualTo(Set.of("_default"));
      assertThat(target.rows("library", "shelf")).isEqualTo(books.rows()).containsOnlyKeys(2L);
      assertThat(target.rows("library", "books")).isEqualTo(again.rows()).containsOnlyKeys(7L);
    }
  }

  @Test
  void aTaskGoesOnAfterAPauseAndInAnotherEngine() throws Exception {
    InMemoryCollection books = source.create("books", ID, TITLE);
    books.insert(book(1, "Emma"));
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      task.awaitCaughtUp(SOON);
      task.pause();
      books.insert(book(2, "Persuasion"));
      assertThat(target.rows("books")).containsOnlyKeys(1L);
      task.resume();
      task.awaitCaughtUp(SOON);
      assertThat(target.rows("books")).containsOnlyKeys(1L, 2L);
    }
    books.delete(1L);
    books.insert(book(3, "Ivanhoe"));
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      task.awaitCaughtUp(SOON);
      assertThat(target.rows("books")).isEqualTo(books.rows()).containsOnlyKeys(2L, 3L);
      assertThat(task.status().counters().inserted()).isEqualTo(1);
    }
  }

  @Test
  void aTaskThatBeginsNowGetsNothingFromBefore() throws Exception {
    InMemoryCollection books = source.create("books", ID, TITLE);
    books.insert(book(1, "Emma"));
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(TaskSpec.builder("t").startFrom(StartFrom.latest()).build());
      task.awaitState(TaskState.RUNNING, SOON);
      books.insert(book(2, "Persuasion"));
      task.awaitCaughtUp(SOON);
      assertThat(target.rows("books")).containsOnlyKeys(2L);
    }
  }

  @Test
  void aSecondTaskThatWouldDoubleRowsIsRefused() throws Exception {
    source.create("books", ID, TITLE).insert(book(1, "Emma"));
    try (CdcEngine engine = engine()) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      task.awaitCaughtUp(SOON);
      task.delete();
      assertThat(engine.check(TaskSpec.of("again"))).anyMatch(finding -> finding.isBlocking());
      engine.submit(TaskSpec.of("again")).awaitState(TaskState.FAILED, SOON);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothing() {
    InMemoryCollection books = source.create("books", ID, TITLE);
    assertThatThrownBy(() -> books.insert(Map.of("id", 1L))).hasMessageContaining("title");
    assertThatThrownBy(() -> books.insert(Map.of("id", 1, "title", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Long");
    assertThatThrownBy(
            () -> books.insert("_default", List.of(book(1, "x"), Map.of("id", 2L, "title", 3))))
        .hasMessageContaining("title");
    assertThatThrownBy(() -> books.insert("nowhere", List.of(book(1, "x"))))
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> source.create("books", ID)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> source.create("keyless", TITLE)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> target.rows("books")).hasMessageContaining("no collection");
    assertThat(books.rows()).isEmpty();
    books.drop();
    assertThatThrownBy(() -> books.insert(book(1, "x"))).hasMessageContaining("dropped");
  }
}
