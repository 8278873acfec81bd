package io.milvus.cdc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Rows;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ChangeSource} promises. Extend it to test another one. The source may have
 * other collections, which others may write to meanwhile. Its clock must be that of this machine.
 */
@Timeout(120)
public abstract class SourceContract {
  private static final String NAME = "contract_books";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private ChangeSource source;

  /** Returns a source without a collection {@code contract_books}. Called once before each test. */
  protected abstract ChangeSource create() throws Exception;

  /** Creates a collection with an integer primary key in the database {@code default}. */
  protected abstract void createCollection(String name) throws Exception;

  /** Inserts rows with these keys, which are new. */
  protected abstract void insert(String collection, List<Long> keys) throws Exception;

  /** Deletes the rows with these keys. */
  protected abstract void delete(String collection, List<Long> keys) throws Exception;

  /** Drops a collection. */
  protected abstract void drop(String collection) throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    source = create();
  }

  @AfterEach
  final void end() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    source.forget("one");
    source.forget("other");
  }

  private SourceSession open(String task) {
    SourceSession session = source.open(task);
    opened.add(session);
    return session;
  }

  private static CollectionEntry books(SourceSession session) throws Exception {
    return session.sync().collections().values().stream()
        .filter(entry -> entry.name().equals(NAME) && !entry.dropped())
        .findFirst()
        .orElseThrow(() -> new AssertionError("The catalog has no collection " + NAME));
  }

  private static List<Long> keys(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  /** A reader of each of the collection's channels. */
  private Map<String, ChannelReader> read(SourceSession session, ReadFrom from) throws Exception {
    Map<String, ChannelReader> readers = new LinkedHashMap<>();
    for (String channel : books(session).channels()) {
      readers.put(channel, read(session, channel, from));
    }
    return readers;
  }

  private ChannelReader read(SourceSession session, String channel, ReadFrom from) {
    ChannelReader reader = session.read(channel, from);
    opened.add(reader);
    return reader;
  }

  /** What channels carry, up to the first tick of each that covers everything until now. */
  private static Map<String, List<ChannelEvent>> untilNow(Map<String, ChannelReader> readers)
      throws Exception {
    long now = Timestamps.plusMillis(Timestamps.of(Instant.now()), 1);
    Map<String, List<ChannelEvent>> events = new LinkedHashMap<>();
    for (Map.Entry<String, ChannelReader> reader : readers.entrySet()) {
      events.put(reader.getKey(), until(reader.getValue(), now));
    }
    return events;
  }

  private static List<ChannelEvent> until(ChannelReader reader, long timestamp) throws Exception {
    List<ChannelEvent> events = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      ChannelEvent event = reader.poll(POLL);
      if (event != null) {
        events.add(event);
      }
      if (event instanceof TimeTick tick && tick.timestamp() >= timestamp) {
        return events;
      }
      assertThat(System.nanoTime())
          .as("a tick at or after %d came", timestamp)
          .isLessThan(deadline);
    }
  }

  /** The keys of the collection's rows that are left of these events. */
  private static Set<Long> rows(Map<String, List<ChannelEvent>> events, CollectionEntry entry) {
    Set<Long> left = new TreeSet<>();
    events
        .values()
        .forEach(
            channel ->
                channel.stream()
                    .filter(event -> event instanceof DataEvent)
                    .map(event -> (DataEvent) event)
                    .filter(event -> event.header().collectionId() == entry.id())
                    .forEach(event -> apply(event, entry, left)));
    return left;
  }

  private static void apply(DataEvent event, CollectionEntry entry, Set<Long> left) {
    if (event instanceof Insert insert) {
      InsertedRows rows = Rows.of(insert, "default", entry);
      assertThat(rows.count()).isEqualTo(event.header().rows());
      for (int i = 0; i < rows.count(); i++) {
        left.add((Long) rows.row(i).key());
      }
    } else {
      left.removeAll(Rows.of((Delete) event, "default", entry).keys());
    }
  }

  private static List<Position> positions(List<ChannelEvent> events) {
    return events.stream().map(ChannelEvent::position).toList();
  }

  @Test
  void passesItsOwnCheck() throws Exception {
    assertThat(source.check().findings()).noneMatch(Finding::isBlocking);
  }

  @Test
  void listsWhatWasCommittedBeforeSync() throws Exception {
    SourceSession session = open("one");
    session.sync();
    createCollection(NAME);
    CollectionEntry entry = books(session);
    Catalog catalog = session.sync();

    assertThat(entry.createdAt()).isPositive();
    assertThat(entry.shards()).isNotEmpty();
    assertThat(entry.partitions()).isNotEmpty();
    assertThat(entry.schema().primaryKeyField()).isPositive();
    assertThat(catalog.databases()).containsKey(entry.databaseId());
    assertThat(session.channels()).containsAll(entry.channels());
    assertThat(session.sync()).isSameAs(catalog);

    drop(NAME);
    assertThat(session.sync().collections().values())
        .noneMatch(one -> one.id() == entry.id() && !one.dropped());
  }

  @Test
  void reportsCatalogChanges() throws Exception {
    SourceSession session = open("one");
    session.sync();
    CountDownLatch woken = new CountDownLatch(1);
    session.onCatalogChange(woken::countDown);
    createCollection(NAME);

    assertThat(woken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    books(session);
  }

  @Test
  void readsRowsAndTicksInOrder() throws Exception {
    SourceSession session = open("one");
    createCollection(NAME);
    Map<String, ChannelReader> readers = read(session, new ReadFrom.Latest());
    insert(NAME, keys(0, 50));
    delete(NAME, keys(10, 20));
    insert(NAME, keys(50, 60));
    CollectionEntry entry = books(session);
    Map<String, List<ChannelEvent>> events = untilNow(readers);

    assertThat(rows(events, entry))
        .containsExactlyElementsOf(
            LongStream.concat(LongStream.range(0, 10), LongStream.range(20, 60)).boxed().toList());
    events.forEach(
        (channel, each) -> {
          assertThat(positions(each)).doesNotHaveDuplicates();
          assertTicksHold(channel, each, entry);
        });
  }

  private static void assertTicksHold(
      String channel, List<ChannelEvent> events, CollectionEntry entry) {
    long promised = 0;
    for (ChannelEvent event : events) {
      if (event instanceof TimeTick tick) {
        assertThat(tick.timestamp()).isGreaterThanOrEqualTo(promised);
        promised = tick.timestamp();
      } else if (event instanceof DataEvent rows) {
        assertThat(rows.timestamp()).as("%s on %s", rows.header(), channel).isGreaterThan(promised);
        assertThat(rows.header().channel()).isEqualTo(channel);
        assertThat(rows.header().rows()).isPositive();
        if (rows.header().collectionId() == entry.id()) {
          assertThat(entry.shards()).contains(rows.header().shard());
        }
      }
    }
  }

  @Test
  void readsACollectionFromItsBeginning() throws Exception {
    createCollection(NAME);
    insert(NAME, keys(0, 20));
    SourceSession session = open("one");
    CollectionEntry entry = books(session);
    Map<String, ChannelReader> readers =
        read(session, new ReadFrom.Earliest((catalog, one) -> one.id() == entry.id()));

    assertThat(rows(untilNow(readers), entry)).containsExactlyElementsOf(keys(0, 20));
  }

  @Test
  void readsOnlyWhatComesAfterLatest() throws Exception {
    createCollection(NAME);
    insert(NAME, keys(0, 20));
    SourceSession session = open("one");
    Map<String, ChannelReader> readers = read(session, new ReadFrom.Latest());
    insert(NAME, keys(20, 40));

    assertThat(rows(untilNow(readers), books(session))).containsExactlyElementsOf(keys(20, 40));
  }

  @Test
  void resumesExactlyAtAPosition() throws Exception {
    SourceSession session = open("one");
    createCollection(NAME);
    Map<String, ChannelReader> readers = read(session, new ReadFrom.Latest());
    insert(NAME, keys(0, 30));
    insert(NAME, keys(30, 60));
    Map<String, List<ChannelEvent>> all = untilNow(readers);
    Map<String, Position> middles = new LinkedHashMap<>();
    all.forEach((channel, each) -> middles.put(channel, each.get(each.size() / 2).position()));
    middles.forEach((channel, at) -> readers.get(channel).acknowledgeBefore(at));
    for (ChannelReader reader : readers.values()) {
      reader.close();
    }
    session.close();

    SourceSession next = open("one");
    next.sync();
    for (Map.Entry<String, List<ChannelEvent>> channel : all.entrySet()) {
      List<Position> seen = positions(channel.getValue());
      List<Position> rest = seen.subList(seen.size() / 2, seen.size());
      ReadFrom from = new ReadFrom.Resume(middles.get(channel.getKey()));
      ChannelReader reader = read(next, channel.getKey(), from);
      TimeTick last = (TimeTick) channel.getValue().get(seen.size() - 1);
      assertThat(positions(until(reader, last.timestamp()))).isEqualTo(rest);
    }
  }

  @Test
  void servesSeveralTasks() throws Exception {
    createCollection(NAME);
    SourceSession one = open("one");
    SourceSession other = open("other");
    Map<String, ChannelReader> ofOne = read(one, new ReadFrom.Latest());
    Map<String, ChannelReader> ofOther = read(other, new ReadFrom.Latest());
    insert(NAME, keys(0, 30));
    Map<String, List<ChannelEvent>> first = untilNow(ofOne);
    first.forEach(
        (channel, events) ->
            ofOne.get(channel).acknowledgeBefore(events.get(events.size() - 1).position()));
    source.forget("nobody");
    Map<String, List<ChannelEvent>> second = untilNow(ofOther);

    assertThat(rows(first, books(one))).containsExactlyElementsOf(keys(0, 30));
    assertThat(rows(second, books(other))).containsExactlyElementsOf(keys(0, 30));
  }

  @Test
  void passesOverWhatAnotherReaderHasRead() throws Exception {
    createCollection(NAME);
    Map<String, ChannelReader> resting = read(open("one"), new ReadFrom.Latest());
    Map<String, List<ChannelEvent>> before = untilNow(resting);
    resting.values().forEach(ChannelReader::suspend);
    SourceSession other = open("other");
    other.sync();
    Map<String, ChannelReader> reading = new LinkedHashMap<>();
    for (String channel : resting.keySet()) {
      List<Position> polled = positions(before.get(channel));
      Position last = polled.get(polled.size() - 1);
      ChannelReader reader = read(other, channel, new ReadFrom.At(last));
      assertThat(pollSoon(reader).position()).isEqualTo(last);
      reading.put(channel, reader);
    }
    insert(NAME, keys(0, 20));
    Map<String, List<ChannelEvent>> read = untilNow(reading);
    read.forEach(
        (channel, events) -> events.forEach(e -> resting.get(channel).skipTo(e.position())));
    insert(NAME, keys(20, 40));
    resting.values().forEach(ChannelReader::resume);

    assertThat(rows(read, books(other))).containsExactlyElementsOf(keys(0, 20));
    assertThat(rows(untilNow(resting), books(other))).containsExactlyElementsOf(keys(20, 40));
  }

  private static ChannelEvent pollSoon(ChannelReader reader) throws Exception {
    ChannelEvent event = reader.poll(PATIENCE);
    assertThat(event).as("the first message").isNotNull();
    return event;
  }

  @Test
  void forgetsTasks() throws Exception {
    createCollection(NAME);
    SourceSession session = open("one");
    Map<String, ChannelReader> readers = read(session, new ReadFrom.Latest());
    insert(NAME, keys(0, 10));
    untilNow(readers);
    for (ChannelReader reader : readers.values()) {
      reader.close();
    }
    session.close();
    source.forget("one");
    source.forget("one");

    SourceSession again = open("one");
    readers = read(again, new ReadFrom.Latest());
    insert(NAME, keys(10, 20));
    assertThat(rows(untilNow(readers), books(again))).containsExactlyElementsOf(keys(10, 20));
  }
}
