package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.contract.StoreContract;
import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.internal.checkpoint.Copies;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.testkit.Entries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises of checkpoints, besides what it promises of texts. */
abstract class CheckpointContract extends StoreContract {
  static final Instant SAVED = Instant.parse("2026-01-02T03:04:05.678Z");
  CheckpointStore store;

  @BeforeEach
  void makeIt() {
    store = CheckpointStore.in(texts());
  }

  static Checkpoint checkpoint(long watermark) {
    return new Checkpoint(
        watermark,
        watermark + 10,
        watermark + 20,
        Map.of("by-dev-rootcoord-dml_0", new Position("5:10")),
        Catalog.EMPTY,
        Set.of(),
        "{\"ceiling\":7}",
        SAVED);
  }

  /** Everything that the catalog of what is on the target can hold. */
  static Catalog full() {
    CollectionEntry collection =
        CollectionEntry.builder(
                470665666370208544L,
                7,
                "zebra 漢字 \"quoted\\\" \n 😀",
                470665707992383493L,
                new CollectionSchema("CgJjMQ==", 100, true))
            .shards(List.of("dml_0_4v0", "dml_1_4v1"))
            .properties(Map.of("collection.ttl.seconds", "3600", "é", ""))
            .partitions(
                Map.of(
                    5L, new PartitionEntry(5, "_default_0", 470665707992383493L, 0),
                    6L, new PartitionEntry(6, "größe", Long.MAX_VALUE, 0)))
            .names(
                List.of(
                    new Naming(470665707992383493L, 1, "before"),
                    new Naming(470665707992383494L, 7, "zebra 漢字 \"quoted\\\" \n 😀")))
            .build();
    AliasName name = new AliasName(7, "größer");
    return new Catalog(
        Map.of(1L, Entries.DEFAULT, 7L, new DatabaseEntry(7, "データ", 11, 0)),
        Map.of(collection.id(), collection),
        Map.of(name, new AliasEntry(name, collection.id(), 470665707992383493L, 0)),
        Map.of(),
        Access.of(
            List.of(
                new AccessEntry.User("anna", Set.of("reader", "größer"), ""),
                new AccessEntry.Role("größer", Set.of()),
                new AccessEntry.Role(
                    "reader",
                    Set.of(
                        new Grant("Collection", "データ", "*", "Search"),
                        new Grant("Global", "*", "*", "*"))),
                new AccessEntry.PrivilegeGroup("mine", Set.of("Insert", "Delete")))));
  }

  @Test
  void aNewTaskIsEmpty() {
    try (CheckpointClaim claim = store.claim("t")) {
      assertThat(claim.load()).isEmpty();
    }
    assertThat(store.tasks()).isEmpty();
  }

  @Test
  void whatWasSavedIsLoaded() {
    Checkpoint saved =
        new Checkpoint(
            470665707992383493L,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            Map.of("a", new Position("1:2"), "ü", new Position("18446744073709551615")),
            full(),
            Set.of(4711L, 4712L),
            "opaque \u0001 text ü \"",
            SAVED,
            new Copies(
                470665707992382000L,
                Map.of(5L, 470665707992382500L),
                new CopyOrder(
                    Set.of(6L, 7L), 470665707992382700L, true, new StartFrom.Existing(8, true))),
            470665707992383000L,
            SAVED.plusSeconds(1),
            true);
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(saved);
      assertThat(claim.load()).contains(saved);
    }
    try (CheckpointClaim claim = store.claim("t")) {
      assertThat(claim.load()).contains(saved);
    }
  }

  @Test
  void theLastSaveCounts() {
    try (CheckpointClaim claim = store.claim("t")) {
      for (int i = 0; i < 5; i++) {
        claim.save(checkpoint(i));
      }
      assertThat(claim.load()).contains(checkpoint(4));
    }
  }

  @Test
  void aTaskHasOneOwnerAtATime() {
    try (CheckpointClaim first = store.claim("t")) {
      assertThatThrownBy(() -> store.claim("t"))
          .isInstanceOf(AlreadyOwnedException.class)
          .hasMessageContaining("'t'");
      first.save(checkpoint(1));
    }
    store.claim("t").close();
  }

  @Test
  void aRefusedClaimLeavesTheOwnerInPeace() {
    try (CheckpointClaim first = store.claim("t")) {
      assertThatThrownBy(() -> store.claim("t")).isInstanceOf(AlreadyOwnedException.class);
      assertThatThrownBy(() -> store.claim("t")).isInstanceOf(AlreadyOwnedException.class);
      first.save(checkpoint(1));
      assertThat(first.load()).contains(checkpoint(1));
    }
  }

  @Test
  void whoGaveUpCannotSave() {
    CheckpointClaim first = store.claim("t");
    first.close();
    try (CheckpointClaim second = store.claim("t")) {
      second.save(checkpoint(2));
      assertThatThrownBy(() -> first.save(checkpoint(1))).isInstanceOf(StaleOwnerException.class);
      assertThat(second.load()).contains(checkpoint(2));
    }
  }

  @Test
  void whoGaveUpCannotDelete() {
    CheckpointClaim first = store.claim("t");
    first.close();
    try (CheckpointClaim second = store.claim("t")) {
      second.save(checkpoint(2));
      assertThatThrownBy(first::delete).isInstanceOf(StaleOwnerException.class);
      assertThat(second.load()).contains(checkpoint(2));
    }
  }

  @Test
  void onlyTheOwnerIsToldThatItOwns() {
    CheckpointClaim first = store.claim("t");
    first.requireOwned();
    first.close();
    assertThatThrownBy(first::requireOwned)
        .isInstanceOf(StaleOwnerException.class)
        .hasMessageContaining("released");
    try (CheckpointClaim second = store.claim("t")) {
      assertThatThrownBy(first::requireOwned).isInstanceOf(StaleOwnerException.class);
      second.requireOwned();
    }
  }

  @Test
  void closingTwiceDoesNotTakeTheNextOwnersClaim() {
    CheckpointClaim first = store.claim("t");
    first.close();
    try (CheckpointClaim second = store.claim("t")) {
      first.close();
      assertThatThrownBy(() -> store.claim("t")).isInstanceOf(AlreadyOwnedException.class);
      second.save(checkpoint(1));
    }
  }

  @Test
  void aDeletedTaskIsForgotten() {
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(checkpoint(1));
      claim.save(checkpoint(2));
      claim.delete();
      assertThat(claim.load()).isEmpty();
    }
    assertThat(store.tasks()).isEmpty();
    try (CheckpointClaim claim = store.claim("t")) {
      assertThat(claim.load()).isEmpty();
    }
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    try (CheckpointClaim claim = store.claim("t")) {
      claim.delete();
      claim.delete();
    }
  }

  @Test
  void listsTheTasksThatHaveACheckpoint() {
    for (String task : List.of("a", "b.json", "c-1_2")) {
      try (CheckpointClaim claim = store.claim(task)) {
        claim.save(checkpoint(1));
        claim.save(checkpoint(2));
      }
    }
    store.claim("without").close();

    assertThat(store.tasks()).containsExactlyInAnyOrder("a", "b.json", "c-1_2");
  }

  @Test
  void tasksDoNotDisturbEachOther() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        String task = "task" + t;
        long last = 100 * t + 20;
        all.add(
            pool.submit(
                () -> {
                  try (CheckpointClaim claim = store.claim(task)) {
                    for (long i = last - 19; i <= last; i++) {
                      claim.save(checkpoint(i));
                      assertThat(claim.load()).contains(checkpoint(i));
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(store.tasks()).hasSize(8);
  }

  @Test
  void anybodyMayReadWhatAnotherOwns() {
    assertThat(store.read("t")).isEmpty();
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(checkpoint(7));
      assertThat(store.read("t")).contains(checkpoint(7));
      claim.save(checkpoint(8));
      assertThat(store.read("t")).contains(checkpoint(8));
    }
    assertThat(store.read("t")).contains(checkpoint(8));
    assertThat(store.read("u")).isEmpty();
    store.claim("t").close();
  }

  /**
   * @param noise a text that does not become smaller when it is compressed
   */
  static Checkpoint big(int collections, String noise) {
    Map<Long, CollectionEntry> many = new HashMap<>();
    for (long id = 1; id <= collections; id++) {
      many.put(id, Entries.collection(id, "collection_" + id, id, "dml_0", "dml_1"));
    }
    return new Checkpoint(1, 2, 3, Map.of(), new Catalog(Map.of(), many), Set.of(), noise, SAVED);
  }

  static String noise(int length) {
    Random random = new Random(4711);
    StringBuilder noise = new StringBuilder(length);
    while (noise.length() < length) {
      noise.append((char) (' ' + random.nextInt(95)));
    }
    return noise.toString();
  }

  @Test
  void muchBiggerOnesFitTooAndSmallOnesAfterThem() {
    try (CheckpointClaim claim = store.claim("t")) {
      for (Checkpoint next :
          List.of(
              big(5000, noise(1_600_000)),
              checkpoint(1),
              big(5000, ""),
              big(1, noise(2_800_000)),
              big(2, noise(1_200_000)))) {
        claim.save(next);
        assertThat(claim.load().orElseThrow().equals(next)).isTrue();
        assertThat(store.read("t").orElseThrow().equals(next)).isTrue();
      }
      claim.delete();
      assertThat(claim.load()).isEmpty();
    }
  }

  @Test
  void bigCatalogsFit() {
    Checkpoint big = big(1000, "x".repeat(100_000));
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(big);
      assertThat(claim.load()).contains(big);
    }
  }
}
