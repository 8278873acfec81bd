package io.milvus.cdc.internal.client;

import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.ReleaseCollectionRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prepares a collection for queries: creates its indexes and loads it. Thread-safe. */
public class CollectionServing {
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final Connection connection;
  private final String database;
  private final String collection;

  protected CollectionServing(Connection connection, String database, String collection) {
    this.connection = connection;
    this.database = database;
    this.collection = collection;
  }

  protected final Connection connection() {
    return connection;
  }

  protected final String database() {
    return database;
  }

  protected final String collection() {
    return collection;
  }

  /** Returns its indexes. */
  public List<IndexDescription> indexes() {
    DescribeIndexRequest request =
        DescribeIndexRequest.newBuilder().setDbName(database).setCollectionName(collection).build();
    try {
      return connection
          .call("describe the indexes of " + this, Repeat.ALWAYS, Methods.DESCRIBE_INDEX, request)
          .getIndexDescriptionsList();
    } catch (MilvusException e) {
      if (e.noIndex()) {
        return List.of();
      }
      throw e;
    }
  }

  /** Creates an index that is searched by brute force, the cheapest to build: {@code FLAT}. */
  public void createFlatIndex(String field, boolean binary) {
    createIndex(
        field,
        field,
        binary
            ? Map.of("index_type", "BIN_FLAT", "metric_type", "HAMMING")
            : Map.of("index_type", "FLAT", "metric_type", "L2"));
  }

  /** Creates an index. The same index may exist. */
  public void createIndex(String field, String index, Map<String, String> parameters) {
    CreateIndexRequest.Builder request =
        CreateIndexRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .setFieldName(field)
            .setIndexName(index);
    parameters.forEach(
        (key, value) ->
            request.addExtraParams(KeyValuePair.newBuilder().setKey(key).setValue(value)));
    connection.change(
        "create index %s of %s".formatted(index, this), Methods.CREATE_INDEX, request.build());
  }

  public LoadState state() {
    return state(List.of());
  }

  private LoadState state(List<String> partitions) {
    GetLoadStateRequest request =
        GetLoadStateRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .addAllPartitionNames(partitions)
            .build();
    return connection
        .call(
            "check whether %s is loaded".formatted(this),
            Repeat.ALWAYS,
            Methods.GET_LOAD_STATE,
            request)
        .getState();
  }

  /** Returns the partitions among these that are loaded, or are about to be loaded. */
  public Set<String> loaded(List<String> partitions) {
    return isLoad(state())
        ? partitions.stream()
            .filter(partition -> isLoad(state(List.of(partition))))
            .collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }

  private static boolean isLoad(LoadState state) {
    return state == LoadState.LoadStateLoaded || state == LoadState.LoadStateLoading;
  }

  /** Returns the number of replicas that are loaded, or are about to be loaded. */
  public int replicas() {
    GetReplicasRequest request =
        GetReplicasRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .setCollectionID(
                new CollectionReader(connection, database, collection).describe().getCollectionID())
            .build();
    return connection
        .call("list the replicas of " + this, Repeat.ALWAYS, Methods.GET_REPLICAS, request)
        .getReplicasCount();
  }

  /** Loads the collection. It need not be ready when this returns. */
  public void startLoad() {
    LoadCollectionRequest request =
        LoadCollectionRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .setReplicaNumber(1)
            .build();
    connection.change("load " + this, Methods.LOAD_COLLECTION, request);
  }

  /** Waits until the collection can be queried. */
  public void awaitLoaded(Duration atMost) {
    long giveUp = System.nanoTime() + atMost.toNanos();
    long progress = progress();
    while (progress < 100) {
      if (System.nanoTime() - giveUp > 0) {
        throw MilvusException.waited(
            "%s at %s is loaded by %d%% after %s. A standby loads only while ticks arrive."
                .formatted(this, connection.uri(), progress, atMost));
      }
      Connection.sleep(GLANCE);
      progress = progress();
    }
  }

  private long progress() {
    GetLoadingProgressRequest request =
        GetLoadingProgressRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .build();
    return connection
        .call(
            "read the loading progress of %s".formatted(this),
            Repeat.ALWAYS,
            Methods.GET_LOADING_PROGRESS,
            request)
        .getProgress();
  }

  /** Releases the collection, if it is loaded. */
  public void release() {
    ReleaseCollectionRequest request =
        ReleaseCollectionRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .build();
    connection.change("release " + this, Methods.RELEASE_COLLECTION, request);
  }

  @Override
  public final String toString() {
    return database + "." + collection;
  }
}
