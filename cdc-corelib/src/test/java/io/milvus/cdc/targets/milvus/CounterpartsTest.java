package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneReplica.BOOKS;
import static io.milvus.cdc.targets.milvus.OneReplica.T;
import static io.milvus.cdc.targets.milvus.OneReplica.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Placed;
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

  private final OneReplica replica = new OneReplica();
  private final List<Placed> all = new ArrayList<>();

  @BeforeEach
  void create() throws Exception {
    for (long id = 1; id <= MANY; id++) {
      CollectionEntry one =
          id == 1 ? BOOKS : Entries.collection(id, "c" + id, T, "s-dml_" + id % 16);
      replica.create(one);
      all.add(new Placed(Entries.DEFAULT, one));
    }
  }

  @AfterEach
  void close() {
    replica.close();
  }

  private void resume(String memento) throws InterruptedException {
    replica.open(memento, 0);
    replica.milvus.forgetCalls();
    assertThat(replica.session.bindAll(all)).hasSize(MANY);
  }

  private long calls(String method) {
    return Collections.frequency(replica.milvus.calls(), method);
  }

  @Test
  void manyAreFoundAgainWithTwoCallsAndEachIsLookedAtWhenRowsCome() throws Exception {
    resume(replica.session.memento());

    assertThat(replica.milvus.calls()).containsExactly("ListDatabases", "ShowCollections");
    replica.send(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L));
    replica.send(insert(BOOKS, 0, T + 7, 3L));
    assertThat(calls("DescribeCollection")).isEqualTo(1);
    assertThat(calls("ShowPartitions")).isEqualTo(1);
    assertThat(replica.inserts()).hasSize(3);
  }

  @Test
  void ticksGoToTheChannelsOfAllAlsoOfThoseThatWereNotLookedAt() throws Exception {
    Set<String> before = ticked();

    resume(replica.session.memento());

    assertThat(ticked()).isEqualTo(before).hasSizeGreaterThan(1);
    assertThat(calls("DescribeCollection")).isZero();
  }

  private Set<String> ticked() throws InterruptedException {
    replica.milvus.forgetCalls();
    replica.session.advance(T + 100);
    Set<String> channels = new TreeSet<>();
    replica.milvus.calls().stream()
        .filter(call -> call.endsWith("[TimeTick]"))
        .forEach(channels::add);
    return channels;
  }

  @Test
  void whatWasNotLookedAtIsKeptForTheNextSession() throws Exception {
    String memento = replica.session.memento();
    resume(memento);

    assertThat(replica.session.memento()).isEqualTo(memento);
  }

  @Test
  void anOldCheckpointWithoutChannelsHasEachLookedAt() throws Exception {
    String old = replica.session.memento().replaceFirst(",\"channels\":\\[[^]]*]", "");
    assertThat(old).doesNotContain("channels");

    resume(old);

    assertThat(calls("DescribeCollection")).isEqualTo(MANY);
  }

  @Test
  void whatIsNotLookedAtYetIsFlushedAndDroppedLikeAnyOther() throws Exception {
    resume(replica.session.memento());
    CollectionEntry second = all.get(1).collection();

    // The fake knows no flush, and says so of the collection that it was asked to flush.
    assertThat(replica.session.flush(second).join()).contains("default.c2");
    assertThat(calls("DescribeCollection")).isZero();
    replica.session.apply(new SchemaEvent.DropCollection(T + 10, Entries.DEFAULT, second));

    assertThat(replica.milvus.catalog().find("default", "c2")).isNull();
    assertThat(replica.session.flush(second).join()).isEmpty();
  }

  @Test
  void whatSomebodyReplacedBeforeItWasLookedAtIsToldWithItsName() throws Exception {
    resume(replica.session.memento());
    replica.milvus.catalog().put("default", "books", Entries.milvusSchema("books"), 2);

    assertThatThrownBy(() -> replica.send(insert(BOOKS, 0, T + 5, 1L)))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("default.books");
  }
}
