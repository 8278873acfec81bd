package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Serving;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Applies the source's indexes, load state and properties to collections of a target. It reads the
 * present state first, so it can be repeated at any time, and it undoes changes of other clients.
 *
 * <p>It never waits for an index to be built or a collection to be loaded: a standby loads only
 * while ticks arrive. A Milvus Lite does either at once.
 */
final class ServingChanges {
  /** Parameters that Milvus changes in place (2.4 internal/datacoord/index_service.go). */
  private static final Set<String> ALTERABLE = Set.of("mmap.enabled");

  private final TargetServing target;

  ServingChanges(TargetServing target) {
    this.target = target;
  }

  /**
   * Makes the counterpart of a collection equal in this.
   *
   * @return the reason if the target differs from the source, in words for people, or an empty text
   */
  String apply(Binding binding, Serving wanted) throws InterruptedException {
    try {
      int replicas = wanted.load().replicas();
      int possible = replicas > 1 ? Math.min(replicas, target.mostReplicas()) : replicas;
      properties(binding, wanted.properties());
      indexes(binding, wanted.indexes());
      load(binding, wanted.load(), possible);
      if (target.kind().lite() && !wanted.load().isNone() && !wanted.load().whole()) {
        return ("Collection %s is loaded as a whole on the target, which cannot load single"
                + " partitions, and in some partitions on the source.")
            .formatted(binding.place());
      }
      return possible == replicas
          ? ""
          : ("Collection %s is loaded in %d replicas on the target and in %d on the source:"
                  + " the target lacks query nodes. Add query nodes to the target.")
              .formatted(binding.place(), possible, replicas);
    } catch (Refusal e) {
      return e.reason();
    } catch (UnknownCallException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void properties(Binding binding, Map<String, String> wanted)
      throws Refusal, InterruptedException {
    Map<String, String> changed = new TreeMap<>(wanted);
    if (!wanted.isEmpty()) {
      changed.entrySet().removeAll(target.properties(binding).entrySet());
    }
    if (!changed.isEmpty()) {
      target.setProperties(binding, changed);
    }
  }

  private void indexes(Binding binding, List<IndexEntry> wanted)
      throws Refusal, InterruptedException {
    List<IndexEntry> there = target.indexes(binding);
    List<IndexEntry> extra =
        there.stream().filter(index -> wanted.stream().noneMatch(is -> same(index, is))).toList();
    // An index that the source changed in place is changed in place.
    for (IndexEntry index : wanted) {
      for (IndexEntry is : there) {
        Map<String, String> changed = alteration(is, index);
        if (!changed.isEmpty()) {
          target.alterIndex(binding, is, changed);
        }
      }
    }
    if (!extra.isEmpty() && target.loaded(binding)) {
      // Milvus drops no index of a loaded collection; the source's was released for it, too.
      target.release(binding);
    }
    for (IndexEntry index : extra) {
      target.dropIndex(binding, index);
    }
    for (IndexEntry index : wanted) {
      if (there.stream().noneMatch(is -> same(is, index))) {
        target.createIndex(binding, index);
      }
    }
  }

  /**
   * Returns whether both are the same index. A target may return more parameters than a user set,
   * and some can be changed in place.
   */
  private boolean same(IndexEntry there, IndexEntry wanted) {
    Map<String, String> fixed = new TreeMap<>(IndexParameters.flat(wanted.parameters()));
    fixed.keySet().removeAll(ALTERABLE);
    return (there.name().equals(wanted.name()) || target.kind().lite())
        && there.field().equals(wanted.field())
        && IndexParameters.flat(there.parameters()).entrySet().containsAll(fixed.entrySet());
  }

  /** Returns the parameters to change of the same index, without creating it again. */
  private Map<String, String> alteration(IndexEntry there, IndexEntry wanted) {
    Map<String, String> changed = new TreeMap<>();
    if (same(there, wanted)) {
      changed.putAll(wanted.parameters());
      changed.keySet().retainAll(ALTERABLE);
      changed.entrySet().removeAll(there.parameters().entrySet());
    }
    return changed;
  }

  private void load(Binding binding, Load wanted, int replicas)
      throws Refusal, InterruptedException {
    boolean loaded = target.loaded(binding);
    if (loaded && (wanted.isNone() || target.replicas(binding).orElse(replicas) != replicas)) {
      // Also because Milvus does not change the number of replicas of a loaded collection.
      target.release(binding);
      loaded = false;
    }
    if (wanted.isNone()) {
      return;
    }
    boolean whole = wanted.whole() || target.kind().lite();
    Set<String> names =
        target.kind().lite()
            ? binding.partitionIds().keySet()
            : names(binding, wanted.partitions());
    Set<String> there = loaded ? loadedPartitions(binding) : Set.of();
    Set<String> extra = new TreeSet<>(there);
    if (!there.containsAll(names)) {
      if (whole) {
        target.load(binding, replicas);
        extra.addAll(binding.partitionIds().keySet());
      } else {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(there);
        target.load(binding, missing, replicas);
      }
    }
    extra.removeAll(names);
    if (!extra.isEmpty()) {
      target.release(binding, extra);
    }
  }

  private static Set<String> names(Binding binding, Set<Long> partitions) {
    Set<String> names = new TreeSet<>();
    for (PartitionEntry partition : binding.source().partitions().values()) {
      if (partitions.contains(partition.id())) {
        names.add(partition.name());
      }
    }
    return names;
  }

  private Set<String> loadedPartitions(Binding binding) throws Refusal, InterruptedException {
    Set<String> loaded = new TreeSet<>();
    for (String partition : binding.partitionIds().keySet()) {
      if (target.loaded(binding, partition)) {
        loaded.add(partition);
      }
    }
    return loaded;
  }
}
