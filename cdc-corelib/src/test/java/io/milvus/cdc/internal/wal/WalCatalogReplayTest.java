package io.milvus.cdc.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.testkit.WalRecording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading changes again that a catalog contains already leads to the same catalog. */
class WalCatalogReplayTest {
  private static final String WOODPECKER = "milvus-2.6.20-woodpecker-wal.jsonl.gz";
  private static final String ACCESS = "milvus-2.6.20-load-rbac-wal.jsonl.gz";
  private static final String OF3 = "milvus-3.0.0-woodpecker-wal.jsonl.gz";

  private static List<WalEvent.Change> changes(String name) {
    return WalRecording.dumped(name).stream()
        .map(new WalDecoder()::decode)
        .filter(WalEvent.Change.class::isInstance)
        .map(WalEvent.Change.class::cast)
        .toList();
  }

  private static WalCatalog after(FirstLook first, List<WalEvent.Change> changes) {
    WalCatalog catalog = new WalCatalog(first);
    changes.forEach(catalog::apply);
    return catalog;
  }

  private static long tick(List<WalEvent.Change> changes, int count) {
    return count == 0 ? 0 : changes.get(count - 1).envelope().tick();
  }

  /** Returns the catalog as an API lists it: living objects with their present names. */
  private static Catalog living(Catalog all) {
    Map<Long, CollectionEntry> collections = new HashMap<>();
    all.collections()
        .forEach(
            (id, entry) -> {
              if (!entry.dropped()) {
                collections.put(id, living(entry));
              }
            });
    return new Catalog(
        only(all.databases(), database -> !database.dropped()),
        collections,
        only(all.aliases(), alias -> !alias.dropped()),
        all.servings(),
        all.access());
  }

  private static CollectionEntry living(CollectionEntry entry) {
    return entry.toBuilder()
        .partitions(only(entry.partitions(), Predicate.not(PartitionEntry::dropped)))
        .names(List.of(new Naming(entry.createdAt(), entry.databaseId(), entry.name())))
        .build();
  }

  private static <K, V> Map<K, V> only(Map<K, V> all, Predicate<V> wanted) {
    return all.entrySet().stream()
        .filter(one -> wanted.test(one.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, ACCESS, OF3})
  void anyEarlierBeginningOfTheReplayLeadsToTheSameCatalog(String name) {
    List<WalEvent.Change> all = changes(name);
    Catalog last = after(FirstLook.NONE, all).catalog();

    for (int looked = 0; looked <= all.size(); looked++) {
      FirstLook look = after(FirstLook.NONE, all.subList(0, looked)).look(tick(all, looked));
      for (int from = 0; from <= looked; from++) {
        assertThat(after(look, all.subList(from, all.size())).catalog())
            .as("look after %d, replay from %d", looked, from)
            .isEqualTo(last);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, ACCESS, OF3})
  void aLookThatListsLivingObjectsOnlyLeadsToTheSameLivingObjects(String name) {
    List<WalEvent.Change> all = changes(name);
    Catalog last = living(after(FirstLook.NONE, all).catalog());

    for (int looked = 0; looked <= all.size(); looked++) {
      FirstLook whole = after(FirstLook.NONE, all.subList(0, looked)).look(tick(all, looked));
      FirstLook look = new FirstLook(living(whole.catalog()), whole.asOf(), whole.indexes());
      for (int from = 0; from <= looked; from++) {
        assertThat(living(after(look, all.subList(from, all.size())).catalog()))
            .as("look after %d, replay from %d", looked, from)
            .isEqualTo(last);
      }
    }
  }

  /** Otherwise a target would lose a field, an alias or a load, and get it again. */
  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, ACCESS, OF3})
  void nothingThatTheLookListsGoesBackInTime(String name) {
    List<WalEvent.Change> all = changes(name);
    for (int looked = 0; looked <= all.size(); looked++) {
      FirstLook whole = after(FirstLook.NONE, all.subList(0, looked)).look(tick(all, looked));
      Catalog listed = living(whole.catalog());
      WalCatalog replayed = new WalCatalog(new FirstLook(listed, whole.asOf(), whole.indexes()));
      for (int next = 0; next < looked; next++) {
        replayed.apply(all.get(next));

        assertThat(listedOnly(replayed.catalog(), listed))
            .as("look after %d, replayed %d", looked, next)
            .isEqualTo(listed);
      }
    }
  }

  /** Returns those objects of a catalog that another one has, too. */
  private static Catalog listedOnly(Catalog all, Catalog listed) {
    Map<Long, CollectionEntry> collections = new HashMap<>();
    listed
        .collections()
        .forEach(
            (id, entry) -> {
              CollectionEntry now = all.collections().get(id);
              Map<Long, PartitionEntry> partitions = new HashMap<>(now.partitions());
              partitions.keySet().retainAll(entry.partitions().keySet());
              collections.put(id, now.withPartitions(partitions));
            });
    return new Catalog(
        only(all.databases(), one -> listed.databases().containsKey(one.id())),
        collections,
        only(all.aliases(), one -> listed.aliases().containsKey(one.name())),
        all.servings().entrySet().stream()
            .filter(one -> listed.collections().containsKey(one.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        all.access());
  }

  /** The API answers after the time that the look claims, as any real look does. */
  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, ACCESS, OF3})
  void aLookThatSawMoreThanItClaimsLeadsToTheSameLivingObjects(String name) {
    List<WalEvent.Change> all = changes(name);
    Catalog last = living(after(FirstLook.NONE, all).catalog());
    Random random = new Random(7);

    for (int round = 0; round < 500; round++) {
      int looked = random.nextInt(all.size() + 1);
      int claimed = random.nextInt(looked + 1);
      int from = random.nextInt(claimed + 1);
      FirstLook whole = after(FirstLook.NONE, all.subList(0, looked)).look(tick(all, claimed));
      FirstLook look = new FirstLook(living(whole.catalog()), whole.asOf(), whole.indexes());

      assertThat(living(after(look, all.subList(from, all.size())).catalog()))
          .as("look after %d that claims %d, replay from %d", looked, claimed, from)
          .isEqualTo(last);
    }
  }

  /** Each channel is in order, but one may be read far ahead of another. */
  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, ACCESS, OF3})
  void channelsThatAreReadAtDifferentSpeedsLeadToTheSameLivingObjects(String name) {
    List<WalEvent.Change> all = changes(name);
    Catalog last = living(after(FirstLook.NONE, all).catalog());
    Random random = new Random(11);

    for (int round = 0; round < 300; round++) {
      assertThat(living(after(FirstLook.NONE, interleaved(all, random)).catalog()))
          .as("round %d", round)
          .isEqualTo(last);
    }
  }

  private static List<WalEvent.Change> interleaved(List<WalEvent.Change> all, Random random) {
    List<List<WalEvent.Change>> channels =
        new ArrayList<>(
            all.stream()
                .collect(Collectors.groupingBy(one -> one.envelope().channel()))
                .values()
                .stream()
                .map(ArrayList::new)
                .toList());
    List<WalEvent.Change> mixed = new ArrayList<>();
    while (!channels.isEmpty()) {
      List<WalEvent.Change> channel = channels.get(random.nextInt(channels.size()));
      int ahead = 1 + random.nextInt(channel.size());
      mixed.addAll(channel.subList(0, ahead));
      channel.subList(0, ahead).clear();
      channels.removeIf(List::isEmpty);
    }
    return mixed;
  }

  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, ACCESS, OF3})
  void theCatalogIsTheSameInstanceWhileNothingChanges(String name) {
    List<WalEvent.Change> all = changes(name);
    WalCatalog catalog = after(FirstLook.NONE, all);
    Catalog last = catalog.catalog();

    all.forEach(catalog::apply);

    assertThat(catalog.catalog()).isSameAs(last);
  }
}
