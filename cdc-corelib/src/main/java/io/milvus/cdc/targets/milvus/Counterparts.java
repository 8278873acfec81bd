package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Placed;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Maps collections of the source to those of the target. If an earlier session created a
 * collection, and the target still lists it under the same name and id, it is described on first
 * use. Milvus describes only some hundred collections per second, and a session with many idle
 * collections must not wait for that. For one thread.
 */
final class Counterparts {
  private static final int MOST_AT_ONCE = 32;

  private final TargetCatalog target;
  private final CatalogRules rules;
  private final SessionState sessionState;
  private final Map<Long, Binding> bindings = new HashMap<>();
  private final Map<Long, Placed> listed = new HashMap<>();

  /** Collections that were just created, and have neither indexes nor a load. */
  private final Set<Long> bare = new HashSet<>();

  /**
   * Channels that need ticks: those of existing collections, and of collections that this session
   * or an earlier one dropped.
   */
  private final Set<String> channels;

  /** Begins with the state of earlier sessions. */
  Counterparts(TargetCatalog target, CatalogRules rules, SessionState sessionState) {
    this.target = target;
    this.rules = rules;
    this.sessionState = sessionState;
    this.channels = new HashSet<>(sessionState.channels());
  }

  /**
   * Finds the counterparts of collections that were replicated before. Returns the ids of the
   * collections that have one.
   */
  Set<Long> find(List<Placed> collections) throws InterruptedException {
    Map<TargetCatalog.Name, Long> there = listing(collections);
    Set<Long> found = new HashSet<>();
    List<Placed> others = new ArrayList<>();
    for (Placed one : collections) {
      Long known = sessionState.targetIds().get(one.collection().id());
      if (known != null && known.equals(there.get(nameOf(one)))) {
        listed.put(one.collection().id(), one);
        found.add(one.collection().id());
      } else {
        others.add(one);
      }
    }
    found.addAll(describe(others));
    return found;
  }

  /** Returns the target's ids in the databases of known counterparts, by name. */
  private Map<TargetCatalog.Name, Long> listing(List<Placed> collections)
      throws InterruptedException {
    Set<String> databases = new HashSet<>();
    for (Placed one : collections) {
      // If there are no channels, an earlier release stored this. A Milvus Lite assigns the id 0 to
      // all.
      if (!sessionState.channels().isEmpty()
          && sessionState.targetIds().getOrDefault(one.collection().id(), 0L) != 0) {
        databases.add(one.database().name());
      }
    }
    Map<TargetCatalog.Name, Long> ids = new HashMap<>();
    if (!databases.isEmpty()) {
      databases.retainAll(target.databases());
    }
    for (String database : databases) {
      target
          .collections(database)
          .forEach((name, id) -> ids.put(new TargetCatalog.Name(database, name), id));
    }
    return ids;
  }

  /**
   * Describes collections that may or may not exist. Returns the source's ids of the existing ones.
   */
  private Set<Long> describe(List<Placed> collections) throws InterruptedException {
    List<@Nullable DescribeCollectionResponse> there =
        target.describe(collections.stream().map(Counterparts::nameOf).toList());
    List<Placed> found = new ArrayList<>();
    List<DescribeCollectionResponse> described = new ArrayList<>();
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < collections.size(); i++) {
      CollectionEntry collection = collections.get(i).collection();
      DescribeCollectionResponse one = there.get(i);
      Long known = sessionState.targetIds().get(collection.id());
      if (one != null && rules.isCounterpart(collection, one, known)) {
        found.add(collections.get(i));
        described.add(one);
        ids.add(collection.id());
      }
    }
    bind(found, described);
    return ids;
  }

  /** Binds a collection that was just created, or found to fit. */
  Binding bind(Placed collection, DescribeCollectionResponse described)
      throws InterruptedException {
    bind(List.of(collection), List.of(described));
    return Objects.requireNonNull(bindings.get(collection.collection().id()));
  }

  /** Binds several of them. */
  void bind(List<Placed> collections, List<DescribeCollectionResponse> described)
      throws InterruptedException {
    List<Map<String, Long>> partitions =
        target.partitions(collections.stream().map(Counterparts::nameOf).toList());
    for (int i = 0; i < collections.size(); i++) {
      CollectionEntry collection = collections.get(i).collection();
      String database = collections.get(i).database().name();
      DescribeCollectionResponse counterpart = described.get(i);
      rules.requireSpread(database, collection, counterpart);
      put(
          new Binding(
              collection,
              database,
              counterpart.getCollectionID(),
              List.copyOf(counterpart.getVirtualChannelNamesList()),
              partitions.get(i)));
    }
  }

  private static TargetCatalog.Name nameOf(Placed placed) {
    return new TargetCatalog.Name(placed.database().name(), placed.collection().name());
  }

  /**
   * Describes all counterparts of these rows together.
   *
   * @throws TargetException if one no longer exists
   */
  void needFor(List<DataEvent> rows) throws InterruptedException {
    if (!listed.isEmpty()) {
      need(rows.stream().map(event -> event.header().collectionId()).collect(Collectors.toSet()));
    }
  }

  private void need(Set<Long> ids) throws InterruptedException {
    List<Placed> needed = new ArrayList<>();
    for (Long id : ids) {
      Placed one = listed.remove(id);
      if (one != null) {
        needed.add(one);
      }
    }
    Set<Long> found = describe(needed);
    for (Placed one : needed) {
      if (!found.contains(one.collection().id())) {
        throw new TargetException(
            "Collection %s was on the target when the task began and is no longer there."
                .formatted(nameOf(one)),
            "Restore the collection, or resync it, or delete the task and create it again.");
      }
    }
  }

  /**
   * Returns the counterpart of a collection of the source, or null.
   *
   * @throws TargetException if it no longer exists
   */
  @Nullable Binding get(long collectionId) throws InterruptedException {
    if (listed.containsKey(collectionId)) {
      // Includes some others, which are likely to be needed as well.
      Set<Long> ids =
          listed.keySet().stream()
              .limit(MOST_AT_ONCE)
              .collect(Collectors.toCollection(HashSet::new));
      ids.add(collectionId);
      need(ids);
    }
    return bindings.get(collectionId);
  }

  /** Records that a collection of the source was just created. */
  void created(long collectionId) {
    bare.add(collectionId);
  }

  /** Returns whether a collection was created in this session, on the first call for it only. */
  boolean isBare(long collectionId) {
    return bare.remove(collectionId);
  }

  /** Returns the counterpart's name, or null if there is none. */
  TargetCatalog.@Nullable Name name(long collectionId) {
    Placed one = listed.get(collectionId);
    Binding binding = bindings.get(collectionId);
    return one != null ? nameOf(one) : binding == null ? null : binding.fullName();
  }

  void put(Binding binding) {
    bindings.put(binding.source().id(), binding);
    channels.addAll(binding.channels());
  }

  void remove(long collectionId) {
    bindings.remove(collectionId);
    bare.remove(collectionId);
  }

  Set<String> channels() {
    return channels;
  }

  /** Returns the state for the next session. */
  SessionState sessionState(long written) {
    Map<Long, Long> ids = new HashMap<>();
    listed.keySet().forEach(id -> ids.put(id, sessionState.targetIds().get(id)));
    bindings.forEach((id, binding) -> ids.put(id, binding.targetId()));
    return new SessionState(ids, channels, written);
  }
}
