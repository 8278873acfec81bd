package io.milvus.cdc.compare;

import io.milvus.cdc.internal.client.CollectionReader;
import io.milvus.cdc.internal.client.CollectionServing;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.MilvusReader;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LoadState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the indexes of collections, and their loaded parts. */
final class ServingComparison {
  private final MilvusReader source;
  private final MilvusReader target;
  private final Scope scope;
  private final Likeness likeness;

  ServingComparison(MilvusReader source, MilvusReader target, Scope scope, Likeness likeness) {
    this.source = source;
    this.target = target;
    this.scope = scope;
    this.likeness = likeness;
  }

  /** Compares both sides once. */
  List<Difference> run(List<Place> places, int mostDifferences) {
    Differences differences = new Differences(mostDifferences);
    for (Place place : places) {
      try {
        compare(place, differences);
      } catch (MilvusException e) {
        differences.add(place.toString(), String.valueOf(e.getMessage()));
      }
    }
    return differences.list("indexes and loads");
  }

  private void compare(Place place, Differences differences) {
    String where = place.toString();
    CollectionReader ours = source.collection(place.database(), place.collection());
    Place there = scope.onTarget(place);
    CollectionReader theirs = target.collection(there.database(), there.collection());
    if (likeness.lite()) {
      differences.unlessEqual(where, "set of indexes", kinds(ours), kinds(theirs));
      // A Lite loads a collection without indexes by itself.
      if (isLoaded(ours.serving()) && !isLoaded(theirs.serving())) {
        differences.add(where, "is loaded on the source only");
      }
      return;
    }
    differences.unlessEqual(where, "set of indexes", indexes(ours), indexes(theirs));
    Set<String> loaded = ours.serving().loaded(ours.partitions());
    Set<String> loadedThere = theirs.serving().loaded(theirs.partitions());
    differences.unlessEqual(where, "set of loaded partitions", loaded, loadedThere);
    if (!loaded.isEmpty() && !loadedThere.isEmpty()) {
      differences.unlessEqual(
          where, "number of replicas", ours.serving().replicas(), theirs.serving().replicas());
    }
  }

  private static Map<String, String> indexes(CollectionReader of) {
    return of.serving().indexes().stream()
        .collect(
            Collectors.toMap(
                IndexDescription::getIndexName,
                index -> "%s %s".formatted(index.getFieldName(), parameters(index)),
                (a, b) -> a,
                TreeMap::new));
  }

  /** Returns the kind of index on each field. */
  private static Map<String, String> kinds(CollectionReader of) {
    return of.serving().indexes().stream()
        .collect(
            Collectors.toMap(
                IndexDescription::getFieldName,
                index -> parameters(index).getOrDefault("index_type", ""),
                (a, b) -> a,
                TreeMap::new));
  }

  private static boolean isLoaded(CollectionServing serving) {
    return serving.state() == LoadState.LoadStateLoaded
        || serving.state() == LoadState.LoadStateLoading;
  }

  private static Map<String, String> parameters(IndexDescription index) {
    return index.getParamsList().stream()
        .collect(
            Collectors.toMap(
                KeyValuePair::getKey, KeyValuePair::getValue, (a, b) -> b, TreeMap::new));
  }
}
