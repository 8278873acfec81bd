package io.milvus.cdc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ChangeTarget} promises. Extend it to test another one. */
@Timeout(60)
public abstract class TargetContract {
  private ChangeTarget target;
  private TargetSession session;
  private String sessionState = "";
  private long ceiling;

  /** Creates an empty target. Called once before each test. */
  protected abstract ChangeTarget create() throws Exception;

  /**
   * Returns the rows of a collection that a reader of the target sees now, each as often as a
   * reader sees it. A row may lack fields that this test cannot read back, but not its key, {@code
   * id}. Values are those of {@link io.milvus.cdc.rows.Row#value}.
   *
   * @return no rows if there is no such collection
   */
  protected abstract List<Map<String, Object>> rows(String database, String collection)
      throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    target = create();
    session = target.open(new Opening("contract", "", 0));
  }

  @AfterEach
  final void end() {
    if (session != null) {
      session.close();
    }
  }

  /** As after a crash: what the checkpoint has not stored is lost. */
  private void reopen() throws Exception {
    session.close();
    session = target.open(new Opening("contract", sessionState, ceiling));
  }

  private void apply(SchemaEvent... events) throws Exception {
    for (SchemaEvent event : events) {
      session.apply(event);
    }
    sessionState = session.sessionState();
  }

  private OneCollection created(FieldType keys, Field... more) throws Exception {
    OneCollection books = new OneCollection(keys, more);
    apply(books.createDatabase(), books.create(), books.createSecond());
    return books;
  }

  private List<Refused> send(List<DataEvent> events, Round.Kind kind) throws Exception {
    long upTo = events.get(events.size() - 1).timestamp();
    try (Delivery delivery = session.prepare(new Round(events, upTo, kind))) {
      ceiling = Math.max(ceiling, delivery.highestTimestamp());
      return delivery.send();
    }
  }

  private void deliver(OneCollection to, List<DataEvent> events) throws Exception {
    assertThat(send(events, Round.Kind.FIRST)).isEmpty();
    session.advance(to.now());
    sessionState = session.sessionState();
  }

  private List<Object> keys(String name) throws Exception {
    return rows(OneCollection.DATABASE, name).stream()
        .map(row -> row.get(OneCollection.KEY))
        .toList();
  }

  private List<Object> keys() throws Exception {
    return keys(OneCollection.NAME);
  }

  private static List<DataEvent> both(List<DataEvent> some, List<DataEvent> more) {
    List<DataEvent> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<Map<String, Object>> books(Object... keys) {
    return IntStream.range(0, keys.length)
        .mapToObj(i -> OneCollection.row(keys[i], "text " + keys[i]))
        .toList();
  }

  @Test
  void passesItsOwnChecks() throws Exception {
    assertThat(target.check().findings()).noneMatch(Finding::isBlocking);
    OneCollection books = new OneCollection(FieldType.INT64);
    assertThat(target.check(List.of(books.create()), RowsOnTarget.NONE))
        .noneMatch(Finding::isBlocking);
    apply(books.createDatabase(), books.create());
    assertThat(target.check(List.of(books.create()), RowsOnTarget.ANY))
        .noneMatch(Finding::isBlocking);
    assertThat(target.topics()).doesNotContainNull();
  }

  @Test
  void showsRowsAfterAdvance() throws Exception {
    OneCollection books = created(FieldType.INT64);
    deliver(books, books.insert(books(1L, 2L, 3L)));
    deliver(books, both(books.delete(List.of(2L, 99L)), books.insert(books(4L))));

    assertThat(keys()).containsExactlyInAnyOrder(1L, 3L, 4L);
    assertThat(rows(OneCollection.DATABASE, OneCollection.NAME))
        .filteredOn(row -> row.containsKey(OneCollection.TEXT))
        .allSatisfy(
            row ->
                assertThat(row.get(OneCollection.TEXT))
                    .isEqualTo("text " + row.get(OneCollection.KEY)));
    assertThat(session.guarantee(books.now())).isNotNegative();
    assertThat(session.hindrances()).isEmpty();
  }

  @Test
  void advancesWithoutRows() throws Exception {
    OneCollection books = created(FieldType.INT64);
    session.advance(books.tick());
    session.advance(books.tick());
    deliver(books, books.insert(books(1L)));
    session.advance(books.tick());

    assertThat(keys()).containsExactly(1L);
  }

  @Test
  void replacesRowsOfAnUpsert() throws Exception {
    OneCollection books = created(FieldType.INT64);
    deliver(books, books.insert(books(1L, 2L)));
    long at = books.tick();
    deliver(
        books,
        both(
            books.delete(at, List.of(1L)),
            books.insert(at, books.second(), List.of(OneCollection.row(1L, "new")))));

    assertThat(keys()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(rows(OneCollection.DATABASE, OneCollection.NAME))
        .filteredOn(
            row -> row.get(OneCollection.KEY).equals(1L) && row.containsKey(OneCollection.TEXT))
        .allSatisfy(row -> assertThat(row).containsEntry(OneCollection.TEXT, "new"));
  }

  @Test
  void appliesChangesTwice() throws Exception {
    OneCollection books = new OneCollection(FieldType.INT64);
    applyTwice(books.createDatabase());
    applyTwice(books.create());
    applyTwice(books.createSecond());
    deliver(
        books,
        both(books.insert(books(1L)), books.insert(books.tick(), books.second(), books(2L))));
    CollectionEntry entry = books.entry().with(books.second());
    AliasEntry alias =
        new AliasEntry(new AliasName(books.database().id(), "newest"), entry.id(), books.tick(), 0);
    applyTwice(new SchemaEvent.SetAlias(books.now(), books.database(), entry, alias));
    applyTwice(new SchemaEvent.DropAlias(books.tick(), books.database(), alias));
    applyTwice(
        new SchemaEvent.DropPartition(books.tick(), books.database(), entry, books.second()));
    session.advance(books.tick());
    assertThat(keys()).containsExactly(1L);

    Naming naming = new Naming(books.tick(), books.database().id(), "shelf");
    applyTwice(
        new SchemaEvent.RenameCollection(
            naming.since(), books.database(), books.database(), books.entry(), naming));
    assertThat(keys("shelf")).containsExactly(1L);
    assertThat(keys()).isEmpty();

    CollectionEntry shelf = books.entry().renamed(naming);
    applyTwice(new SchemaEvent.DropCollection(books.tick(), books.database(), shelf));
    applyTwice(new SchemaEvent.DropDatabase(books.tick(), books.database()));
    assertThat(keys("shelf")).isEmpty();
  }

  private void applyTwice(SchemaEvent event) throws Exception {
    apply(event);
    apply(event);
  }

  @Test
  void bindsCollectionsOfEarlierSessions() throws Exception {
    OneCollection books = new OneCollection(FieldType.INT64);
    assertThat(session.bind(books.database(), books.entry())).isFalse();
    apply(books.createDatabase(), books.create(), books.createSecond());
    deliver(books, books.insert(books(1L)));
    reopen();

    CollectionEntry entry = books.entry().with(books.second());
    assertThat(session.bindAll(List.of(new Placed(books.database(), entry))))
        .containsExactly(entry.id());
    deliver(books, books.insert(books(2L)));
    assertThat(keys()).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void replaysRoundsThatWereSentBeforeACrash() throws Exception {
    OneCollection books = created(FieldType.INT64);
    List<DataEvent> first = books.insert(books(1L, 2L));
    long at = books.tick();
    List<DataEvent> second =
        both(
            books.delete(at, List.of(1L)),
            books.insert(at, books.first(), List.of(OneCollection.row(1L, "new"))));
    String stored = sessionState;
    deliver(books, first);
    send(second, Round.Kind.FIRST);
    sessionState = stored;
    reopen();

    CollectionEntry entry = books.entry().with(books.second());
    assertThat(session.bind(books.database(), entry)).isTrue();
    assertThat(send(first, Round.Kind.REPLAY)).isEmpty();
    assertThat(send(second, Round.Kind.REPLAY)).isEmpty();
    session.advance(books.now());
    assertThat(keys()).containsExactlyInAnyOrder(1L, 2L);

    deliver(books, books.delete(List.of(1L)));
    assertThat(keys()).containsExactly(2L);
  }

  @Test
  void repeatsACreationThatWasNotStored() throws Exception {
    OneCollection books = new OneCollection(FieldType.INT64);
    session.apply(books.createDatabase());
    session.apply(books.create());
    reopen();
    apply(books.createDatabase(), books.create(), books.createSecond());
    deliver(books, books.insert(books(1L)));

    assertThat(keys()).containsExactly(1L);
  }

  @Test
  void refusesDamagedRowsOnly() throws Exception {
    OneCollection books = created(FieldType.INT64);
    List<DataEvent> events = new ArrayList<>(books.insert(books(1L)));
    DataEvent damaged = books.damaged(2L);
    events.add(damaged);
    events.addAll(books.insert(books(3L)));
    List<Refused> refused = send(events, Round.Kind.FIRST);
    session.advance(books.now());

    assertThat(refused).extracting(Refused::event).containsExactly(damaged);
    assertThat(refused.get(0).why()).isNotBlank();
    assertThat(keys()).containsExactlyInAnyOrder(1L, 3L);
  }

  @Test
  void sendsNothingBeforeSend() throws Exception {
    OneCollection books = created(FieldType.INT64);
    List<DataEvent> events = books.insert(books(1L));
    session.prepare(new Round(events, books.now(), Round.Kind.FIRST)).close();
    assertThat(keys()).isEmpty();
    deliver(books, events);

    assertThat(keys()).containsExactly(1L);
  }

  @Test
  void carriesOddNumbersAsKeys() throws Exception {
    carries(FieldType.INT64, OddKeys.numbers());
  }

  @Test
  void carriesOddTextsAsKeys() throws Exception {
    carries(FieldType.TEXT, OddKeys.texts());
  }

  private void carries(FieldType type, List<?> odd) throws Exception {
    OneCollection books = created(type);
    deliver(books, books.insert(odd.stream().map(key -> OneCollection.row(key, "x")).toList()));
    assertThat(keys().equals(odd) || sameElements(keys(), odd)).as("all keys").isTrue();

    deliver(books, books.delete(everyOther(odd, 0)));
    assertThat(sameElements(keys(), everyOther(odd, 1))).as("every other key").isTrue();
    deliver(books, books.delete(everyOther(odd, 1)));
    assertThat(keys()).isEmpty();
  }

  /** Without a message, which would hold keys of 64 KiB. */
  private static boolean sameElements(List<?> some, List<?> others) {
    return some.size() == others.size() && some.containsAll(others);
  }

  private static List<?> everyOther(List<?> all, int from) {
    return IntStream.range(0, all.size()).filter(i -> i % 2 == from).mapToObj(all::get).toList();
  }

  @Test
  void carriesOddValues() throws Exception {
    OneCollection books =
        created(
            FieldType.INT64,
            Field.of("double", FieldType.DOUBLE),
            Field.of("long", FieldType.INT64),
            Field.of("array", FieldType.INT64_ARRAY),
            Field.of("json", FieldType.JSON));
    List<Map<String, Object>> written = new ArrayList<>();
    for (int i = 0; i < OddKeys.texts().size(); i++) {
      written.add(
          Map.of(
              OneCollection.KEY,
              (long) i,
              OneCollection.TEXT,
              OddKeys.texts().get(i),
              "double",
              OddValues.doubles().get(i % OddValues.doubles().size()),
              "long",
              OddKeys.numbers().get(i % OddKeys.numbers().size()),
              "array",
              OddValues.arrays().get(i % OddValues.arrays().size()),
              "json",
              OddValues.json().get(i % OddValues.json().size()),
              "vector",
              List.of(0.5f, -0f)));
    }
    deliver(books, books.insert(written));

    List<Map<String, Object>> read = rows(OneCollection.DATABASE, OneCollection.NAME);
    assertThat(read).hasSameSizeAs(written);
    for (Map<String, Object> row : read) {
      Map<String, Object> wanted = written.get(((Long) row.get(OneCollection.KEY)).intValue());
      for (String field : List.of(OneCollection.TEXT, "double", "long", "array", "json")) {
        if (row.containsKey(field)) {
          assertThat(wanted.get(field).equals(row.get(field)))
              .as("field %s of row %s", field, row.get(OneCollection.KEY))
              .isTrue();
        }
      }
    }
  }

  @Test
  void reportsPromotionAndDemotion() throws Exception {
    OneCollection books = created(FieldType.INT64);
    deliver(books, books.insert(books(1L)));
    session.close();

    List<String> left = target.promote(ceiling);
    assertThat(left).allSatisfy(step -> assertThat(step).isNotBlank());
    assertThat(target.promote(ceiling)).isEqualTo(left);
    assertThat(target.check().findings()).noneMatch(Finding::isBlocking);
    assertThat(target.demote()).isNotNegative();
    assertThat(target.demote()).isNotNegative();

    reopen();
    assertThat(session.bind(books.database(), books.entry())).isTrue();
    deliver(books, books.insert(books(2L)));
    assertThat(keys()).containsExactlyInAnyOrder(1L, 2L);
  }
}
