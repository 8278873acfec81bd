package io.milvus.cdc.internal.client;

import io.milvus.cdc.internal.milvus.Dialect;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.ShowPartitionsRequest;
import java.util.List;

/** Reads a collection of a Milvus instance, by name. Thread-safe. */
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

  /** Returns the dialect of keys in expressions about it. */
  public final Dialect dialect() {
    return connection.dialect();
  }

  /** Returns its indexes and its load state. */
  public CollectionServing serving() {
    return new CollectionServing(connection, database, name);
  }

  /** Returns its description, without its rows. */
  public DescribeCollectionResponse describe() {
    DescribeCollectionRequest request =
        DescribeCollectionRequest.newBuilder().setDbName(database).setCollectionName(name).build();
    return connection.call("describe " + this, Repeat.ALWAYS, Methods.DESCRIBE_COLLECTION, request);
  }

  /** Returns the names of its partitions. */
  public List<String> partitions() {
    ShowPartitionsRequest request =
        ShowPartitionsRequest.newBuilder().setDbName(database).setCollectionName(name).build();
    return List.copyOf(
        connection
            .call("list the partitions of " + this, Repeat.ALWAYS, Methods.SHOW_PARTITIONS, request)
            .getPartitionNamesList());
  }

  /** Returns columns of the rows that an expression selects. The collection must be loaded. */
  public List<FieldData> query(Query query) {
    return connection
        .call("query " + this, Repeat.ALWAYS, Methods.QUERY, query.request(database, name))
        .getFieldsDataList();
  }

  /**
   * Returns the number of rows in some of its partitions. Rows that share a key are counted one by
   * one.
   */
  public long count(List<String> partitions, ReadAt at) {
    return count("", partitions, at);
  }

  /** Returns the number of rows that an expression selects in some of its partitions. */
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
