package io.milvus.cdc.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** On a cluster in this process, with events that come as a topic may bring them. */
class CollectionCountsTest {
  private static final int MOST = 1000;

  private final List<ChangeEvent> events = new ArrayList<>();

  private void row(String type, long millis, String collection, String partition, String key) {
    String id = type + "/" + millis + "/" + collection + "/" + key;
    events.add(
        new ChangeEvent(
            id, "row." + type, millis << 18, collection, "db." + collection, partition, key));
  }

  private void change(String type, long millis, String collection, String partition) {
    events.add(
        new ChangeEvent(
            type + "/" + collection + partition,
            type,
            millis << 18,
            collection,
            "db." + collection,
            partition,
            ""));
  }

  private void complete(long millis) {
    events.add(new ChangeEvent("watermark/" + millis, "watermark", millis << 18, "", ".", "", ""));
  }

  private Map<String, String> counts() throws Exception {
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    flink.setParallelism(1);
    List<CollectionCount> told =
        CollectionCounts.of(
                flink.fromData(events).assignTimestampsAndWatermarks(CollectionCounts.time()))
            .executeAndCollect(MOST);
    Map<String, String> last = new TreeMap<>();
    told.forEach(one -> last.put(one.collection(), one.gone() ? "gone" : "" + one.rows()));
    return last;
  }

  private void life() {
    change("collection.created", 10, "books", "");
    row("inserted", 11, "books", "_default", "1");
    row("inserted", 11, "books", "_default", "2");
    row("inserted", 12, "books", "old", "3");
    row("inserted", 12, "books", "old", "4");
    // An upsert, a delete, and one of a key that nobody has.
    row("deleted", 13, "books", "", "1");
    row("inserted", 13, "books", "_default", "1");
    row("deleted", 14, "books", "", "2");
    row("deleted", 14, "books", "", "9");
    change("partition.dropped", 15, "books", "old");
    row("inserted", 16, "books", "_default", "5");
    change("collection.created", 10, "lost", "");
    row("inserted", 11, "lost", "_default", "1");
    change("collection.dropped", 17, "lost", "");
  }

  @Test
  void deletesUpsertsAndDropsCountInTheOrderOfTheirTime() throws Exception {
    life();
    complete(100);
    assertThat(counts()).isEqualTo(Map.of("db.books", "2", "db.lost", "gone"));
  }

  @Test
  void theOrderInWhichPartitionsBringThemDoesNotMatter() throws Exception {
    life();
    Collections.shuffle(events, new Random(7));
    complete(100);
    assertThat(counts()).isEqualTo(Map.of("db.books", "2", "db.lost", "gone"));
  }

  @Test
  void whatComesAgainIsNotCountedAgainBeforeItsTimeIsCompleteOrAfter() throws Exception {
    life();
    List<ChangeEvent> once = List.copyOf(events);
    events.addAll(once);
    complete(100);
    events.addAll(once);
    row("inserted", 200, "books", "_default", "6");
    complete(300);
    assertThat(counts()).isEqualTo(Map.of("db.books", "3", "db.lost", "gone"));
  }
}
