package io.milvus.cdc.targets.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Messages;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told, and what is not told twice, through ends at any moment. */
class EventSessionTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final FakeTopic topic = new FakeTopic(true, () -> false);

  /** As the checkpoint has it. */
  private String sessionState = "";

  private EventSession session = open(NEVER);

  private EventSession open(Duration watermarkEvery) {
    try {
      EventSession opened =
          topic.open(EventFormat.cloudEvents(), watermarkEvery, new Opening("t", sessionState, 0));
      if (sessionState.isEmpty()) {
        sessionState = opened.sessionState();
      }
      return opened;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Applies it, and the engine stores its checkpoint. */
  private void apply(SchemaEvent event) throws InterruptedException {
    session.apply(event);
    sessionState = session.sessionState();
  }

  private List<Refused> send(long upTo, DataEvent... events) throws InterruptedException {
    try (Delivery delivery = session.prepare(new Round(List.of(events), upTo, Round.Kind.REPLAY))) {
      return delivery.send();
    }
  }

  /** A new process, which binds what the checkpoint lists. */
  private void crash() {
    session.close();
    session = open(NEVER);
  }

  private List<String> ids() {
    return topic.events().stream().map(event -> event.get("id").asText()).toList();
  }

  @Test
  void rowsAreOutWithTheAdvanceAndOnlyOnce() throws Exception {
    session.advance(15);
    apply(Story.collection());
    session.advance(30);
    int before = topic.out().size();
    send(40, Story.insert(31, 1, 2));
    crash();
    assertThat(session.bind(Story.SHOP, Story.BOOKS)).isTrue();
    assertThat(topic.out()).hasSize(before);
    send(40, Story.insert(31, 1, 2));
    session.advance(40);
    crash();
    session.bind(Story.SHOP, Story.BOOKS);
    send(50, Story.insert(31, 1, 2), Story.insert(45, 3));
    session.advance(50);
    assertThat(ids().subList(before, ids().size()))
        .filteredOn(id -> id.startsWith("s-dml"))
        .containsExactly("s-dml_0/1:31/0", "s-dml_0/1:31/1", "s-dml_0/1:45/0");
  }

  @Test
  void withoutTransactionsRowsComeTwiceWithTheSameIds() throws Exception {
    FakeTopic plain = new FakeTopic(false, () -> false);
    for (int life = 0; life < 2; life++) {
      try (EventSession each =
          plain.open(EventFormat.cloudEvents(), NEVER, new Opening("t", sessionState, 0))) {
        each.apply(Story.collection());
        sessionState = each.sessionState();
        each.prepare(new Round(List.of(Story.insert(31, 1)), 40, Round.Kind.REPLAY)).send();
        each.advance(40);
      }
    }
    assertThat(plain.events())
        .extracting(event -> event.get("id").asText())
        .filteredOn(id -> !id.startsWith("watermark"))
        .containsExactly("collection.created/1", "s-dml_0/1:31/0", "s-dml_0/1:31/0");
  }

  @Test
  void aChangeThatIsOutAndNotStoredIsNotToldAgain() throws Exception {
    apply(Story.database());
    session.apply(Story.collection());
    crash();
    // The engine begins with what it intended.
    apply(Story.collection());
    session.apply(Story.alias());
    crash();
    session.bind(Story.SHOP, Story.BOOKS);
    // Another change may come first now, and the process may end again.
    apply(Story.partition());
    crash();
    session.bind(Story.SHOP, Story.BOOKS);
    apply(Story.alias());
    assertThat(ids())
        .containsExactly(
            "database.created/7/shop",
            "collection.created/1",
            "alias.set/7/latest/1/50",
            "partition.created/11");
  }

  @Test
  void whatIsRestatedAtEveryBeginningIsNotToldAgain() throws Exception {
    apply(Story.database());
    apply(Story.collection());
    apply(Story.alias());
    crash();
    session.bind(Story.SHOP, Story.BOOKS);
    apply(Story.database());
    apply(Story.alias());
    assertThat(ids()).hasSize(3);
    apply(Story.noAlias());
    apply(
        new SchemaEvent.SetAlias(
            75,
            Story.SHOP,
            Story.BOOKS,
            new io.milvus.cdc.catalog.AliasEntry(Story.ALIAS.name(), 1, 75, 0)));
    assertThat(ids().subList(3, 5))
        .containsExactly("alias.dropped/7/latest/1/50", "alias.set/7/latest/1/75");
  }

  @Test
  void aRenameThatIsListedAndNotOutIsStillTold() throws Exception {
    apply(Story.collection());
    crash();
    assertThat(session.bind(Story.SHOP, Story.BOOKS.renamed(Story.VOLUMES))).isFalse();
    assertThat(session.bind(Story.SHOP, Story.BOOKS)).isTrue();
    session.apply(Story.rename());
    crash();
    assertThat(session.bind(Story.SHOP, Story.BOOKS.renamed(Story.VOLUMES))).isTrue();
    assertThat(ids()).containsExactly("collection.created/1", "collection.renamed/1/60");
  }

  @Test
  void aRenameIsToldOnceHoweverOftenAProcessDiesBeforeItIsStored() throws Exception {
    apply(Story.collection());
    session.apply(Story.rename());
    crash();
    assertThat(session.bind(Story.SHOP, Story.BOOKS.renamed(Story.VOLUMES))).isTrue();
    session.advance(70);
    crash();
    assertThat(session.bind(Story.SHOP, Story.BOOKS.renamed(Story.VOLUMES))).isTrue();
    assertThat(ids())
        .containsExactly("collection.created/1", "collection.renamed/1/60", "watermark/70");
  }

  @Test
  void aTaskThatWasMadeAnewBeginsAnew() throws Exception {
    apply(Story.collection());
    sessionState = "";
    session = open(NEVER);
    assertThat(session.bind(Story.SHOP, Story.BOOKS)).isFalse();
    apply(Story.collection());
    assertThat(ids()).containsExactly("collection.created/1", "collection.created/1");
  }

  @Test
  void watermarksAreToldAtMostSoOften() throws Exception {
    session = open(NEVER);
    for (long watermark = 1; watermark < 100; watermark++) {
      session.advance(watermark);
    }
    assertThat(ids()).containsExactly("watermark/1");
    session = open(Duration.ZERO);
    session.advance(200);
    session.advance(200);
    session.advance(201);
    assertThat(ids()).containsExactly("watermark/1", "watermark/200", "watermark/201");
  }

  @Test
  void aWatermarkIsNeverAboveWhatMayStillCome() throws Exception {
    session = open(Duration.ZERO);
    session.advance(100);
    // The source has forgotten when.
    session.apply(new SchemaEvent.CreateCollection(1, Story.SHOP, Story.BOOKS));
    assertThat(topic.events().get(1).get("hybridtimestamp").asText()).isEqualTo("101");
    session.apply(new SchemaEvent.CreatePartition(200, Story.SHOP, Story.BOOKS, Story.OLD));
    // Rows of that very moment come after the change.
    session.advance(200);
    assertThat(ids()).doesNotContain("watermark/200");
  }

  @Test
  void whatIsTooLargeOrDamagedIsRefusedWhole() throws Exception {
    apply(Story.collection());
    Insert damaged = (Insert) Story.insert(31, 1);
    damaged =
        new Insert(
            damaged.header(),
            Payload.of(Messages.garbledInsert(Story.BOOKS.shards().get(0), 1, 10, 31)));
    DataEvent large =
        Story.insert(
            32,
            2,
            Messages.integers("id", 100, List.of(1L, 2L)),
            List.of(
                Messages.strings("VarChar", 108, List.of("small", "x".repeat(FakeTopic.LIMIT)))));
    List<Refused> refused = send(40, damaged, large, Story.insert(33, 3));
    session.advance(40);
    assertThat(refused).extracting(Refused::event).containsExactly(damaged, large);
    assertThat(refused.get(1).why()).contains("20000").contains("larger");
    assertThat(ids()).contains("s-dml_0/1:33/0").doesNotContain("s-dml_0/1:32/0");
  }
}
