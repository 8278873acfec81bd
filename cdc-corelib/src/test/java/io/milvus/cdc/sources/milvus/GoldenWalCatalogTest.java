package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.internal.wal.FirstLook;
import io.milvus.cdc.internal.wal.WalCatalog;
import io.milvus.cdc.internal.wal.WalDecoder;
import io.milvus.cdc.internal.wal.WalEvent;
import io.milvus.cdc.internal.wal.WalMessage;
import io.milvus.cdc.testkit.WalRecording;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The catalog that a real server's log results in is the one in its etcd. Each test that begins
 * with {@code only} states a difference between both.
 */
class GoldenWalCatalogTest {
  private static final String META = "by-dev/meta/";

  /** The recorded servers, each with the collections that its workload left and dropped. */
  enum Server {
    MILVUS_2_6_20_ON_KAFKA(
        WalRecording.ofTopics("milvus-2.6.20-kafka-wal-raw.jsonl.gz"),
        "milvus-2.6.20-kafka-etcd.jsonl.gz",
        Set.of("kinds"),
        Set.of("auto")),
    MILVUS_2_6_20(
        WalRecording.dumped("milvus-2.6.20-woodpecker-wal.jsonl.gz"),
        "milvus-2.6.20-woodpecker-etcd.jsonl.gz",
        Set.of("kinds", "imp"),
        Set.of("auto")),
    MILVUS_3_0_0(
        WalRecording.dumped("milvus-3.0.0-woodpecker-wal.jsonl.gz"),
        "milvus-3.0.0-etcd.jsonl.gz",
        Set.of("kinds"),
        Set.of("auto", "sn"));

    final Catalog log;
    final Catalog etcd;
    final Set<String> living;
    final Set<String> dropped;

    Server(List<WalMessage> log, String etcd, Set<String> living, Set<String> dropped) {
      this.log = fromLog(log);
      this.etcd = fromEtcd(etcd);
      this.living = living;
      this.dropped = dropped;
    }

    CollectionEntry kinds() {
      return log.collections().values().stream()
          .filter(entry -> entry.name().equals("kinds"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Catalog fromEtcd(String name) {
    CatalogState state = new CatalogState();
    for (JsonNode one : WalRecording.lines(name)) {
      String key = one.path("key").asText();
      if (key.startsWith(META)) {
        byte[] value = HexFormat.of().parseHex(one.path("value").asText());
        state.apply(key.substring(META.length()), ByteString.copyFrom(value));
      }
    }
    assertThat(state.unreadable()).isEmpty();
    return state.catalog();
  }

  private static Catalog fromLog(List<WalMessage> log) {
    WalCatalog catalog = new WalCatalog(FirstLook.NONE);
    for (WalMessage message : log) {
      if (new WalDecoder().decode(message) instanceof WalEvent.Change change) {
        catalog.apply(change);
      }
    }
    return catalog.catalog();
  }

  /** Returns the log's entry without the times that this etcd has forgotten. */
  private static CollectionEntry withoutHistory(CollectionEntry entry) {
    Map<Long, PartitionEntry> partitions = new HashMap<>();
    entry
        .partitions()
        .forEach(
            (id, one) ->
                partitions.put(
                    id,
                    new PartitionEntry(id, one.name(), one.createdAt(), longAgo(one.droppedAt()))));
    return entry.toBuilder()
        .partitions(partitions)
        .droppedAt(longAgo(entry.droppedAt()))
        .names(List.of(new Naming(entry.createdAt(), entry.databaseId(), entry.name())))
        .build();
  }

  private static long longAgo(long droppedAt) {
    return droppedAt == 0 ? 0 : DatabaseEntry.LONG_AGO;
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void collectionsAreTheSameInEachValue(Server server) {
    Map<Long, CollectionEntry> ofLog = new HashMap<>();
    server.log.collections().forEach((id, entry) -> ofLog.put(id, withoutHistory(entry)));
    Map<Long, CollectionEntry> ofEtcd = new HashMap<>();
    server
        .etcd
        .collections()
        .forEach((id, entry) -> ofEtcd.put(id, entry.toBuilder().startPositions(Map.of()).build()));

    assertThat(ofLog).isEqualTo(ofEtcd);
    assertThat(ofLog.values())
        .filteredOn(entry -> !entry.dropped())
        .extracting(CollectionEntry::name)
        .containsExactlyInAnyOrderElementsOf(server.living);
    assertThat(ofLog.values())
        .filteredOn(CollectionEntry::dropped)
        .extracting(CollectionEntry::name)
        .containsExactlyInAnyOrderElementsOf(server.dropped);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void indexesAndLoadsAreTheSame(Server server) {
    assertThat(server.log.servings()).isEqualTo(server.etcd.servings());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void livingDatabasesAndAliasesAreTheSame(Server server) {
    assertThat(server.log.databases().values())
        .filteredOn(database -> !database.dropped())
        .extracting(DatabaseEntry::id, DatabaseEntry::name, DatabaseEntry::properties)
        .containsExactlyElementsOf(
            server.etcd.databases().values().stream()
                .map(
                    one ->
                        org.assertj.core.groups.Tuple.tuple(one.id(), one.name(), one.properties()))
                .toList());
    assertThat(server.log.aliases().values()).allMatch(AliasEntry::dropped);
    assertThat(server.etcd.aliases()).isEmpty();
  }

  /** Without the copies below {@code snapshots}, which Milvus 2.6.15 and later do not write. */
  @ParameterizedTest
  @EnumSource(Server.class)
  void onlyTheLogHasTheTimesOfDropsAndRenames(Server server) {
    assertThat(server.kinds().names())
        .extracting(Naming::name)
        .containsExactly("kinds", "kinds2", "kinds");
    assertThat(server.kinds().names()).extracting(Naming::since).isSorted().doesNotContain(1L);
    assertThat(server.log.collections().values())
        .filteredOn(CollectionEntry::dropped)
        .allMatch(entry -> entry.droppedAt() > entry.createdAt());
    assertThat(server.etcd.collections().values())
        .filteredOn(CollectionEntry::dropped)
        .allMatch(entry -> entry.droppedAt() == DatabaseEntry.LONG_AGO);
  }

  /** Etcd deletes their keys, so a reader that comes later does not see that they existed. */
  @ParameterizedTest
  @EnumSource(Server.class)
  void onlyTheLogHasTheDroppedDatabaseAndTheDroppedAlias(Server server) {
    assertThat(server.log.databases().values())
        .filteredOn(DatabaseEntry::dropped)
        .extracting(DatabaseEntry::name)
        .containsExactly("dbx");
    assertThat(server.log.aliases()).containsOnlyKeys(new AliasName(1, "al"));
    assertThat(server.etcd.databases()).containsOnlyKeys(DatabaseEntry.DEFAULT_ID);
  }

  /** Milvus creates them at its very first start, without a message. */
  @ParameterizedTest
  @EnumSource(Server.class)
  void onlyEtcdHasTheUsersAndRolesThatMilvusComesWith(Server server) {
    assertThat(server.log.access()).isEqualTo(Access.NONE);
    assertThat(server.etcd.access().entries().keySet())
        .containsExactly(
            new AccessName(AccessName.Kind.ROLE, "admin"),
            new AccessName(AccessName.Kind.ROLE, "public"),
            new AccessName(AccessName.Kind.USER, "root"));
    assertThat(server.log.databases().get(DatabaseEntry.DEFAULT_ID).createdAt()).isZero();
  }

  /** A position in a log is not the id of its first message. */
  @ParameterizedTest
  @EnumSource(Server.class)
  void onlyEtcdHasTheFirstMessageOfACollection(Server server) {
    assertThat(server.log.collections().values())
        .allMatch(entry -> entry.startPositions().isEmpty());
    assertThat(server.etcd.collections().values())
        .noneMatch(entry -> entry.startPositions().isEmpty());
  }
}
