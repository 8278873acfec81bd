package io.milvus.cdc.internal.client;

import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import java.util.List;

/** A collection of a Milvus instance, by name, to be read. Thread-safe. */
public class CollectionReader {
  private static final String COUNT = "count(*)";

  private final Connection connection;
  private final String database;
  private final String name;

  protected CollectionReader(Connection connection, String database, String name) {
    this.connection = connection;
    this.database = database;
    this.name = name;
  }

  protected final Connection connection() {
    return connection;
  }

  public final String database() {
    return database;
  }

  public final String name() {
    return name;
  }

  /** How keys are written in expressions about it. */
  public final Dialect dialect() {
    return connection.dialect();
  }

  /** Its indexes, and whether it is loaded. */
  public CollectionServing serving() {
    return new CollectionServing(connection, database, name);
  }

  /** What it is, apart from its rows. */
  public DescribeCollectionResponse describe() {
    DescribeCollectionRequest request =
        DescribeCollectionRequest.newBuilder().setDbName(database).setCollectionName(name).build();
    return connection.call(
        "describe " + this,
        Repeat.ALWAYS,
        stub -> stub.describeCollection(request),
        DescribeCollectionResponse::getStatus);
  }

  /** The names of its partitions. */
  public List<String> partitions() {
    ShowPartitionsRequest request =
        ShowPartitionsRequest.newBuilder().setDbName(database).setCollectionName(name).build();
    return List.copyOf(
        connection
            .call(
                "list the partitions of " + this,
                Repeat.ALWAYS,
                stub -> stub.showPartitions(request),
                ShowPartitionsResponse::getStatus)
            .getPartitionNamesList());
  }

  /** Columns of the rows that an expression selects. The collection must be loaded. */
  public List<FieldData> query(Query query) {
    return connection
        .call(
            "query " + this,
            Repeat.ALWAYS,
            stub -> stub.query(query.request(database, name)),
            QueryResults::getStatus)
        .getFieldsDataList();
  }

  /** How many rows some of its partitions have, those that share a key counted one by one. */
  public long count(List<String> partitions, ReadAt at) {
    return count("", partitions, at);
  }

  /** How many rows an expression selects in some of its partitions. */
  public long count(String expression, List<String> partitions, ReadAt at) {
    return query(Query.of(expression, COUNT).in(partitions).at(at))
        .get(0)
        .getScalars()
        .getLongData()
        .getData(0);
  }

  @Override
  public final String toString() {
    return database + "." + name;
  }
}
