package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.memory.InMemoryTarget;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.testkit.FakeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole life of a real Milvus 2.5.15, out of its etcd and its Kafka, replicated. */
@Timeout(60)
class GoldenLifeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final String META = "by-dev/meta/";
  private static final long KINDS = 470804705548697702L;
  private static final long AUTO = 470804705549097910L;

  /** When the last collection was dropped; no rows came later. */
  private static final long LAST_CHANGE = 470804736439484432L;

  /** In hexadecimal digits. Longer messages were cut when this was captured, and are left out. */
  private static final int CUT = 2000;

  private static Catalog catalog;
  private static InMemoryTarget target;

  private static List<JsonNode> lines(String name) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    GoldenLifeTest.class.getResourceAsStream("/golden/milvus-2.5.15-life-" + name)),
                StandardCharsets.UTF_8))) {
      return JSON.readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
    }
  }

  @BeforeAll
  static void replicate() throws Exception {
    CatalogState state = new CatalogState();
    for (JsonNode one : lines("etcd.jsonl.gz")) {
      String key = one.path("key").asText();
      if (key.startsWith(META)) {
        byte[] value = HEX.parseHex(one.path("value").asText());
        state.apply(key.substring(META.length()), ByteString.copyFrom(value));
      }
    }
    catalog = state.catalog();
    FakeSource source = new FakeSource();
    for (int i = 0; i < 4; i++) {
      source.addChannel("by-dev-rootcoord-dml_" + i);
    }
    for (JsonNode one : lines("kafka.jsonl.gz")) {
      String payload = one.path("payload").asText();
      if (payload.length() != CUT) {
        source.publish(one.path("topic").asText(), HEX.parseHex(payload));
      }
    }
    source.change(catalog);
    target = new InMemoryTarget();
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(source)
            .target(target)
            .checkpoints(new InMemoryStore())
            .start()) {
      var task = engine.submit(TaskSpec.of("t"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> task.status().watermark().value() >= LAST_CHANGE);
    }
  }

  private static CollectionEntry entry(long id) {
    return catalog.collections().get(id);
  }

  @Test
  void collectionsHaveTheirLastNamesAndTheDroppedOneIsGone() {
    assertThat(target.collections()).containsExactly("default.auto2", "default.kinds");
    assertThat(catalog.collections().values())
        .filteredOn(CollectionEntry::dropped)
        .extracting(CollectionEntry::name)
        .containsExactly("bm");
    assertThat(catalog.databases().values())
        .filteredOn(one -> !one.dropped())
        .extracting(one -> one.name())
        .containsExactly("default");
  }

  @Test
  void aDroppedPartitionIsGoneAndThoseOfAPartitionKeyAreThere() {
    assertThat(target.partitions("default", "kinds")).containsExactly("_default");
    assertThat(target.partitions("default", "auto2"))
        .containsExactly("_default_0", "_default_1", "_default_2", "_default_3");
  }

  @Test
  void propertiesAndIndexesAreTheLastOnesAndTheDroppedAliasIsNone() {
    assertThat(catalog.aliases()).isEmpty();
    assertThat(entry(KINDS).properties()).isEqualTo(Map.of("collection.ttl.seconds", "7200"));
    assertThat(entry(AUTO).properties()).isEqualTo(Map.of("mmap.enabled", "true"));
    assertThat(catalog.serving(KINDS).indexes()).isEmpty();
    assertThat(catalog.serving(AUTO).indexes())
        .containsExactly(
            new IndexEntry("f16", "f16", Map.of("metric_type", "L2", "index_type", "AUTOINDEX")));
  }

  /** After an upsert of 3, 4 and 20, a delete of 1 and 2, and the drop of a partition. */
  @Test
  void rowsAreThoseOfTheSourceByKey() {
    Map<Object, ? extends Map<String, ?>> rows = target.rows("kinds");

    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(0L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 20L, 200L, 201L, 202L);
    rows.forEach((key, row) -> assertThat(row.get("i32")).isEqualTo((int) (10 * (long) key)));
    assertThat(rows.get(0L).get("s")).isNull();
    assertThat(rows.get(3L).get("s")).isEqualTo("s3");
    assertThat(rows.get(202L).get("s")).isEqualTo("s202");
  }

  @Test
  void keysThatTheSourceMadeUpAreKept() {
    Map<Object, ? extends Map<String, ?>> rows = target.rows("auto2");

    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(
            "470804705548699749",
            "470804705548699750",
            "470804705548699751",
            "470804705548699752",
            "470804705548699753",
            "470804705548699754");
    assertThat(rows.get("470804705548699749").get("key")).isEqualTo("k0");
    assertThat(rows.get("470804705548699751").get("key")).isEqualTo("k2");
  }
}
