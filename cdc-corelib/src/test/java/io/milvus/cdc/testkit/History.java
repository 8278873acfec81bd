package io.milvus.cdc.testkit;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import milvus.proto.msg.Msg;

/**
 * A random life of a source, as the steps in which it becomes visible, and what is there in the
 * end. Slots of time: catalog changes and rows in no order, then one tick to each channel that has
 * one due.
 */
public final class History {
  private static final int CHANNELS = 4;
  private final SplittableRandom random;
  private final List<Consumer<FakeSource>> steps = new ArrayList<>();
  private final Map<Long, CollectionEntry> entries = new TreeMap<>();
  private final Map<Long, Life> lives = new TreeMap<>();

  /** When the last message of a dropped collection comes, by id. */
  private final Map<Long, Integer> markers = new HashMap<>();

  private long now = Timestamps.of(Instant.now().minusSeconds(3600));
  private long nextId = 100;
  private long nextVersion = 1;
  private int slot;

  /** A row's place is its key's; its version tells one life of a key from the next. */
  private record Place(long partition, int shard, long version) {}

  private static final class Life {
    final Map<Long, Place> rows = new TreeMap<>();
  }

  public History(SplittableRandom random, int slots) {
    this.random = random;
    for (slot = 0; slot < slots; slot++) {
      live(slot);
    }
  }

  public int steps() {
    return steps.size();
  }

  public Consumer<FakeSource> step(int index) {
    return steps.get(index);
  }

  /** Everything has happened by then. */
  public long end() {
    return now;
  }

  public static String[] channels() {
    String[] names = new String[CHANNELS];
    Arrays.setAll(names, i -> "s-dml_" + i);
    return names;
  }

  private void live(int at) {
    List<Consumer<FakeSource>> shuffled = new ArrayList<>();
    int changes = random.nextInt(8) == 0 ? 1 + random.nextInt(2) : 0;
    for (int i = 0; i < changes || alive().isEmpty() && i < 1; i++) {
      changeCatalog();
      Catalog then = catalog();
      steps.add(source -> source.change(then));
    }
    for (int i = random.nextInt(6); i > 0 && !alive().isEmpty(); i--) {
      rows(shuffled);
    }
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    steps.addAll(shuffled);
    now += 1 + random.nextInt(100_000_000);
    TreeSet<String> due = channelsInUse();
    markers.forEach(
        (id, when) -> {
          if (when == at) {
            endOf(id);
          }
        });
    long tick = now;
    for (String channel : due) {
      steps.add(source -> source.tick(tick, channel));
    }
  }

  private void endOf(long id) {
    long time = ++now;
    for (String channel : entries.get(id).channels()) {
      steps.add(source -> source.publish(channel, Messages.drop(id, time)));
    }
    now++;
  }

  private Catalog catalog() {
    return new Catalog(Map.of(1L, Entries.DEFAULT), entries);
  }

  private List<CollectionEntry> alive() {
    return entries.values().stream().filter(entry -> !entry.dropped()).toList();
  }

  public TreeSet<String> channelsInUse() {
    TreeSet<String> used = new TreeSet<>();
    for (CollectionEntry entry : entries.values()) {
      if (!entry.dropped() || markers.getOrDefault(entry.id(), -1) >= slot) {
        used.addAll(entry.channels());
      }
    }
    return used;
  }

  private void changeCatalog() {
    now += 2;
    List<CollectionEntry> alive = alive();
    int choice = alive.isEmpty() ? 0 : random.nextInt(8);
    CollectionEntry one = alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
    if (choice <= 1 && alive.size() < 4 || one == null) {
      create();
    } else if (choice == 2) {
      entries.put(one.id(), Entries.dropped(one, now));
      lives.remove(one.id());
      markers.put(one.id(), slot + random.nextInt(4));
    } else if (choice == 3) {
      dropPartition(one);
    } else if (choice >= 6) {
      rename(one);
    } else {
      PartitionEntry fresh = new PartitionEntry(nextId++, freeName(one), now, 0);
      entries.put(one.id(), one.with(fresh));
    }
    now += 2;
  }

  private void create() {
    long id = nextId++;
    nextId += 10;
    List<String> names = new ArrayList<>(List.of(channels()));
    Collections.shuffle(names, new Random(random.nextLong()));
    String[] used = names.subList(0, 1 + random.nextInt(2)).toArray(String[]::new);
    String name = null;
    for (int i = 0; name == null; i++) {
      String wanted = "c" + i;
      name = alive().stream().anyMatch(entry -> entry.name().equals(wanted)) ? null : wanted;
    }
    entries.put(id, Entries.collection(id, name, now, used));
    lives.put(id, new Life());
  }

  private void rename(CollectionEntry collection) {
    String wanted = "c" + random.nextInt(5);
    boolean taken = alive().stream().anyMatch(entry -> entry.name().equals(wanted));
    String name = taken ? "r" + nextId++ : wanted;
    entries.put(collection.id(), Entries.renamed(collection, now, Entries.DEFAULT, name));
  }

  private String freeName(CollectionEntry collection) {
    String name = "p" + random.nextInt(3);
    boolean taken =
        collection.partitions().values().stream()
            .anyMatch(partition -> !partition.dropped() && partition.name().equals(name));
    return taken ? "q" + nextId : name;
  }

  private void dropPartition(CollectionEntry collection) {
    collection.partitions().values().stream()
        .filter(partition -> !partition.dropped() && !partition.name().equals("_default"))
        .findFirst()
        .ifPresent(
            old -> {
              PartitionEntry gone = new PartitionEntry(old.id(), old.name(), old.createdAt(), now);
              entries.put(collection.id(), collection.with(gone));
              lives.get(collection.id()).rows.values().removeIf(p -> p.partition() == old.id());
            });
  }

  private void rows(List<Consumer<FakeSource>> into) {
    List<CollectionEntry> alive = alive();
    CollectionEntry to = alive.get(random.nextInt(alive.size()));
    Life life = lives.get(to.id());
    now += 1 + random.nextInt(100);
    int kind = life.rows.isEmpty() ? 0 : random.nextInt(4);
    Long known =
        life.rows.isEmpty()
            ? null
            : new ArrayList<>(life.rows.keySet()).get(random.nextInt(life.rows.size()));
    if (known == null || kind <= 1) {
      insert(to, life, nextVersion + 1_000_000, partitionOf(to), into);
    } else {
      Place place = life.rows.remove(known);
      String shard = to.shards().get(place.shard());
      long partition = random.nextBoolean() ? -1 : place.partition();
      Msg.DeleteRequest delete = Messages.delete(shard, to.id(), partition, now, known);
      into.add(source -> source.publish(to.channels().get(place.shard()), delete));
      if (kind == 3) {
        insert(to, life, known, place.partition(), into);
      }
    }
  }

  private long partitionOf(CollectionEntry collection) {
    List<PartitionEntry> usable =
        collection.partitions().values().stream()
            .filter(partition -> !partition.dropped())
            .sorted((a, b) -> Long.compare(a.id(), b.id()))
            .toList();
    return usable.get(random.nextInt(usable.size())).id();
  }

  private void insert(
      CollectionEntry to, Life life, long key, long partition, List<Consumer<FakeSource>> into) {
    int shard = (int) (key % to.shards().size());
    long version = nextVersion++;
    Msg.InsertRequest message =
        Messages.insert(to.shards().get(shard), to.id(), partition, now, key).toBuilder()
            .clearRowIDs()
            .addRowIDs(version)
            .build();
    life.rows.put(key, new Place(partition, shard, version));
    into.add(source -> source.publish(to.channels().get(shard), message));
  }

  /** By {@code collection/partition}: how often each {@code key:version} is there. */
  public Map<String, Map<String, Long>> result() {
    Map<String, Map<String, Long>> all = new TreeMap<>();
    for (CollectionEntry entry : alive()) {
      for (PartitionEntry partition : entry.partitions().values()) {
        if (!partition.dropped()) {
          Map<String, Long> rows = new TreeMap<>();
          lives
              .get(entry.id())
              .rows
              .forEach(
                  (key, place) -> {
                    if (place.partition() == partition.id()) {
                      rows.put(key + ":" + place.version(), 1L);
                    }
                  });
          all.put(entry.name() + "/" + partition.name(), rows);
        }
      }
    }
    return all;
  }
}
