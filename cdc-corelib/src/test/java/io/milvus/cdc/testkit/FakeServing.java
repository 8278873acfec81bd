package io.milvus.cdc.testkit;

import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.ReplicaInfo;
import io.milvus.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Indexes and loads of a {@link FakeMilvus}. Not thread-safe by itself. */
public final class FakeServing {
  private final FakeCatalog catalog;
  private final Map<Long, Map<String, IndexDescription>> indexes = new HashMap<>();
  private final Map<Long, Set<String>> loaded = new HashMap<>();
  private final Map<Long, Integer> replicas = new HashMap<>();
  private int queryNodes = 1;

  FakeServing(FakeCatalog catalog) {
    this.catalog = catalog;
  }

  private long id(String database, String collection) {
    return catalog.get(database, collection).id();
  }

  private static Status refusal(int code, String reason) {
    return Status.newBuilder().setCode(code).setReason(reason).build();
  }

  private Map<String, IndexDescription> of(String database, String collection) {
    return indexes.computeIfAbsent(id(database, collection), id -> new TreeMap<>());
  }

  DescribeIndexResponse describe(DescribeIndexRequest request) {
    var all = of(request.getDbName(), request.getCollectionName()).values();
    return DescribeIndexResponse.newBuilder()
        .setStatus(all.isEmpty() ? refusal(700, "index not found") : FakeMilvus.OK)
        .addAllIndexDescriptions(all)
        .build();
  }

  Status create(CreateIndexRequest request) {
    of(request.getDbName(), request.getCollectionName())
        .put(
            request.getIndexName(),
            IndexDescription.newBuilder()
                .setIndexName(request.getIndexName())
                .setFieldName(request.getFieldName())
                .addAllParams(request.getExtraParamsList())
                .build());
    return FakeMilvus.OK;
  }

  Status alter(AlterIndexRequest request) {
    of(request.getDbName(), request.getCollectionName())
        .computeIfPresent(
            request.getIndexName(),
            (name, index) -> index.toBuilder().addAllParams(request.getExtraParamsList()).build());
    return FakeMilvus.OK;
  }

  Status drop(DropIndexRequest request) {
    if (!loaded(request.getDbName(), request.getCollectionName()).isEmpty()) {
      return refusal(65535, "index cannot be dropped, collection is loaded");
    }
    of(request.getDbName(), request.getCollectionName()).remove(request.getIndexName());
    return FakeMilvus.OK;
  }

  GetLoadStateResponse state(GetLoadStateRequest request) {
    Set<String> there = loaded(request.getDbName(), request.getCollectionName());
    boolean is =
        request.getPartitionNamesCount() == 0
            ? !there.isEmpty()
            : there.containsAll(request.getPartitionNamesList());
    return GetLoadStateResponse.newBuilder()
        .setStatus(FakeMilvus.OK)
        .setState(is ? LoadState.LoadStateLoading : LoadState.LoadStateNotLoad)
        .build();
  }

  GetReplicasResponse replicas(GetReplicasRequest request) {
    GetReplicasResponse.Builder answer = GetReplicasResponse.newBuilder().setStatus(FakeMilvus.OK);
    int count = replicas.getOrDefault(id(request.getDbName(), request.getCollectionName()), 0);
    for (int i = 0; i < count; i++) {
      answer.addReplicas(ReplicaInfo.getDefaultInstance());
    }
    return answer.build();
  }

  Status load(LoadCollectionRequest request) {
    return load(
        request.getDbName(),
        request.getCollectionName(),
        catalog.get(request.getDbName(), request.getCollectionName()).partitions().keySet(),
        request.getReplicaNumber());
  }

  Status load(LoadPartitionsRequest request) {
    return load(
        request.getDbName(),
        request.getCollectionName(),
        Set.copyOf(request.getPartitionNamesList()),
        request.getReplicaNumber());
  }

  private Status load(String database, String collection, Set<String> partitions, int copies) {
    if (copies > queryNodes) {
      return refusal(65535, "no enough nodes to create replicas");
    }
    if (of(database, collection).isEmpty()) {
      return refusal(65535, "there is no vector index on collection");
    }
    loaded.computeIfAbsent(id(database, collection), id -> new TreeSet<>()).addAll(partitions);
    replicas.put(id(database, collection), copies);
    return FakeMilvus.OK;
  }

  Status release(ReleaseCollectionRequest request) {
    loaded.remove(id(request.getDbName(), request.getCollectionName()));
    return FakeMilvus.OK;
  }

  Status release(ReleasePartitionsRequest request) {
    Set<String> there =
        loaded.getOrDefault(id(request.getDbName(), request.getCollectionName()), new TreeSet<>());
    request.getPartitionNamesList().forEach(there::remove);
    return catalog.release(request);
  }

  int queryNodes() {
    return queryNodes;
  }

  public void queryNodes(int count) {
    queryNodes = count;
  }

  /** The names of the partitions that are loaded. */
  public Set<String> loaded(String database, String collection) {
    return Set.copyOf(loaded.getOrDefault(id(database, collection), Set.of()));
  }

  /** The indexes, by name. */
  public Map<String, IndexDescription> indexes(String database, String collection) {
    return Map.copyOf(of(database, collection));
  }
}
