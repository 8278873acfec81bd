package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.decode.KeyValues;
import io.milvus.cdc.internal.milvus.Method;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DescribeResourceGroupRequest;
import io.milvus.grpc.DescribeResourceGroupResponse;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.Status;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongFunction;

/** Reads and changes the target's own indexes and loads through its public API. */
final class TargetServing {
  /** The resource group of a load that names none (querycoordv2/meta/resource_manager.go). */
  private static final String DEFAULT_RESOURCES = "__default_resource_group";

  private final TargetRpc rpc;
  private final InstantSource time;
  private final LongFunction<MsgBase> base;
  private final TargetKind kind;

  TargetServing(TargetRpc rpc, InstantSource time, LongFunction<MsgBase> base, TargetKind kind) {
    this.rpc = rpc;
    this.time = time;
    this.base = base;
    this.kind = kind;
  }

  TargetKind kind() {
    return kind;
  }

  List<IndexEntry> indexes(Binding of) throws Refusal, InterruptedException {
    DescribeIndexResponse answer =
        rpc.call(
            Methods.DESCRIBE_INDEX,
            DescribeIndexRequest.newBuilder()
                .setDbName(of.database())
                .setCollectionName(of.name())
                .build());
    if (MilvusStatus.noIndex(answer.getStatus())) {
      return List.of();
    }
    Refusal.unlessOk("describe the indexes of " + of.place(), answer.getStatus());
    return answer.getIndexDescriptionsList().stream().map(TargetServing::entry).toList();
  }

  private static IndexEntry entry(IndexDescription index) {
    return new IndexEntry(
        index.getIndexName(), index.getFieldName(), KeyValues.map(index.getParamsList()));
  }

  void createIndex(Binding of, IndexEntry index) throws Refusal, InterruptedException {
    CreateIndexRequest.Builder request =
        CreateIndexRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name())
            .setFieldName(index.field())
            .setIndexName(index.name());
    Map<String, String> parameters =
        kind.lite() ? IndexParameters.packed(index.parameters()) : index.parameters();
    parameters.forEach((key, value) -> request.addExtraParams(pair(key, value)));
    change(
        Methods.CREATE_INDEX,
        request.build(),
        "create index %s on field %s of %s".formatted(index.name(), index.field(), of.place()));
  }

  /**
   * Changes parameters of an index in place. Milvus 2.3 has no such call, and answers it without an
   * effect (internal/proxy/impl.go AlterIndex).
   */
  void alterIndex(Binding of, IndexEntry index, Map<String, String> parameters)
      throws Refusal, InterruptedException {
    AlterIndexRequest.Builder request =
        AlterIndexRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name())
            .setIndexName(index.name());
    parameters.forEach((key, value) -> request.addExtraParams(pair(key, value)));
    String what = "set %s of index %s of %s".formatted(parameters, index.name(), of.place());
    try {
      change(Methods.ALTER_INDEX, request.build(), what);
    } catch (UnknownOutcomeException | UnknownCallException e) {
      throw Refusal.because(what, "it does not support the call, like Milvus 2.3");
    }
  }

  private static KeyValuePair pair(String key, String value) {
    return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
  }

  Map<String, String> properties(Binding of) throws Refusal, InterruptedException {
    DescribeCollectionResponse answer =
        rpc.call(
            Methods.DESCRIBE_COLLECTION,
            DescribeCollectionRequest.newBuilder()
                .setDbName(of.database())
                .setCollectionName(of.name())
                .build());
    Refusal.unlessOk("describe " + of.place(), answer.getStatus());
    return KeyValues.map(answer.getPropertiesList());
  }

  void setProperties(Binding of, Map<String, String> properties)
      throws Refusal, InterruptedException {
    AlterCollectionRequest.Builder request =
        AlterCollectionRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name());
    properties.forEach((key, value) -> request.addProperties(pair(key, value)));
    change(
        Methods.ALTER_COLLECTION,
        request.build(),
        "set properties %s of %s".formatted(properties, of.place()));
  }

  void dropIndex(Binding of, IndexEntry index) throws Refusal, InterruptedException {
    change(
        Methods.DROP_INDEX,
        DropIndexRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name())
            .setFieldName(index.field())
            .setIndexName(index.name())
            .build(),
        "drop index %s of %s".formatted(index.name(), of.place()));
  }

  /**
   * Returns whether the collection, or one of its partitions, is loaded or about to be.
   *
   * @param partitions at most one name
   */
  boolean loaded(Binding of, String... partitions) throws Refusal, InterruptedException {
    GetLoadStateResponse answer =
        rpc.call(
            Methods.GET_LOAD_STATE,
            GetLoadStateRequest.newBuilder()
                .setDbName(of.database())
                .setCollectionName(of.name())
                .addAllPartitionNames(List.of(partitions))
                .build());
    Refusal.unlessOk("check whether %s is loaded".formatted(of.place()), answer.getStatus());
    return answer.getState() == LoadState.LoadStateLoaded
        || answer.getState() == LoadState.LoadStateLoading;
  }

  /**
   * Returns the number of loaded copies of the collection. Empty if Milvus does not report it, as
   * for a moment after the load began (2.3 querycoordv2: "failed to get channels").
   */
  OptionalInt replicas(Binding of) throws InterruptedException {
    if (kind.lite()) {
      return OptionalInt.empty();
    }
    GetReplicasResponse answer =
        rpc.call(
            Methods.GET_REPLICAS,
            GetReplicasRequest.newBuilder()
                .setDbName(of.database())
                .setCollectionName(of.name())
                .setCollectionID(of.targetId())
                .build());
    return MilvusStatus.ok(answer.getStatus())
        ? OptionalInt.of(answer.getReplicasCount())
        : OptionalInt.empty();
  }

  /** Returns how many copies the target can hold: one on each query node. */
  int mostReplicas() throws Refusal, InterruptedException {
    if (kind.lite()) {
      return 1;
    }
    DescribeResourceGroupResponse answer =
        rpc.call(
            Methods.DESCRIBE_RESOURCE_GROUP,
            DescribeResourceGroupRequest.newBuilder().setResourceGroup(DEFAULT_RESOURCES).build());
    Refusal.unlessOk("count its query nodes", answer.getStatus());
    return Math.max(1, answer.getResourceGroup().getNumAvailableNode());
  }

  /** Begins to load all partitions that are not loaded. */
  void load(Binding of, int replicas) throws Refusal, InterruptedException {
    change(
        Methods.LOAD_COLLECTION,
        LoadCollectionRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name())
            .setReplicaNumber(replicas)
            .build(),
        "load " + of.place());
  }

  void load(Binding of, Collection<String> partitions, int replicas)
      throws Refusal, InterruptedException {
    change(
        Methods.LOAD_PARTITIONS,
        LoadPartitionsRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name())
            .addAllPartitionNames(partitions)
            .setReplicaNumber(replicas)
            .build(),
        "load partitions %s of %s".formatted(partitions, of.place()));
  }

  void release(Binding of) throws Refusal, InterruptedException {
    change(
        Methods.RELEASE_COLLECTION,
        ReleaseCollectionRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name())
            .build(),
        "release " + of.place());
  }

  void release(Binding of, Collection<String> partitions) throws Refusal, InterruptedException {
    change(
        Methods.RELEASE_PARTITIONS,
        ReleasePartitionsRequest.newBuilder()
            .setBase(now())
            .setDbName(of.database())
            .setCollectionName(of.name())
            .addAllPartitionNames(partitions)
            .build(),
        "release partitions %s of %s".formatted(partitions, of.place()));
  }

  private MsgBase now() {
    return base.apply(Timestamps.of(time.instant()));
  }

  private <Q> void change(Method<Q, Status> method, Q request, String what)
      throws Refusal, InterruptedException {
    Refusal.unlessOk(what, rpc.call(method, request));
  }
}
