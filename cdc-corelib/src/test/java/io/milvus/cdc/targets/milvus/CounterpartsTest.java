package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static io.milvus.cdc.targets.milvus.OneStandby.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.testkit.Entries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session asks its target for when it begins where another one ended. */
class CounterpartsTest {
  private static final int MANY = 50;

  private final OneStandby standby = new OneStandby();
  private final List<Placed> all = new ArrayList<>();

  @BeforeEach
  void create() throws Exception {
    for (long id = 1; id <= MANY; id++) {
      CollectionEntry one =
          id == 1 ? BOOKS : Entries.collection(id, "c" + id, T, "s-dml_" + id % 16);
      standby.create(one);
      all.add(new Placed(Entries.DEFAULT, one));
    }
  }

  @AfterEach
  void close() {
    standby.close();
  }

  private void resume(String sessionState) throws InterruptedException {
    standby.open(sessionState, 0);
    standby.milvus.forgetCalls();
    assertThat(standby.session.bindAll(all)).hasSize(MANY);
  }

  private long calls(String method) {
    return Collections.frequency(standby.milvus.calls(), method);
  }

  @Test
  void manyAreFoundAgainWithTwoCallsAndEachIsLookedAtWhenRowsCome() throws Exception {
    resume(standby.session.sessionState());

    assertThat(standby.milvus.calls()).containsExactly("ListDatabases", "ShowCollections");
    standby.send(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L));
    standby.send(insert(BOOKS, 0, T + 7, 3L));
    assertThat(calls("DescribeCollection")).isEqualTo(1);
    assertThat(calls("ShowPartitions")).isEqualTo(1);
    assertThat(standby.inserts()).hasSize(3);
  }

  @Test
  void ticksGoToTheChannelsOfAllAlsoOfThoseThatWereNotLookedAt() throws Exception {
    Set<String> before = ticked();

    resume(standby.session.sessionState());

    assertThat(ticked()).isEqualTo(before).hasSizeGreaterThan(1);
    assertThat(calls("DescribeCollection")).isZero();
  }

  private Set<String> ticked() throws InterruptedException {
    standby.milvus.forgetCalls();
    standby.session.advance(T + 100);
    Set<String> channels = new TreeSet<>();
    standby.milvus.calls().stream()
        .filter(call -> call.endsWith("[TimeTick]"))
        .forEach(channels::add);
    return channels;
  }

  @Test
  void whatWasNotLookedAtIsKeptForTheNextSession() throws Exception {
    String sessionState = standby.session.sessionState();
    resume(sessionState);

    assertThat(standby.session.sessionState()).isEqualTo(sessionState);
  }

  @Test
  void anOldCheckpointWithoutChannelsHasEachLookedAt() throws Exception {
    String old = standby.session.sessionState().replaceFirst(",\"channels\":\\[[^]]*]", "");
    assertThat(old).doesNotContain("channels");

    resume(old);

    assertThat(calls("DescribeCollection")).isEqualTo(MANY);
  }

  @Test
  void whatIsNotLookedAtYetIsFlushedAndDroppedLikeAnyOther() throws Exception {
    resume(standby.session.sessionState());
    CollectionEntry second = all.get(1).collection();

    // The fake knows no flush, and says so of the collection that it was asked to flush.
    assertThat(standby.session.flush(second).join().limitation()).contains("default.c2");
    assertThat(calls("DescribeCollection")).isZero();
    standby.session.apply(new SchemaEvent.DropCollection(T + 10, Entries.DEFAULT, second));

    assertThat(standby.milvus.catalog().find("default", "c2")).isNull();
    assertThat(standby.session.flush(second).join().limitation()).isEmpty();
  }

  @Test
  void whatSomebodyReplacedBeforeItWasLookedAtIsToldWithItsName() throws Exception {
    resume(standby.session.sessionState());
    standby.milvus.catalog().put("default", "books", Entries.milvusSchema("books"), 2);

    assertThatThrownBy(() -> standby.send(insert(BOOKS, 0, T + 5, 1L)))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("default.books");
  }
}
