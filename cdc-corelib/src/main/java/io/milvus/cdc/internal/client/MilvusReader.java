package io.milvus.cdc.internal.client;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import java.time.Duration;
import java.util.List;

/** A Milvus instance, to be read: its databases, and the collections in them. Thread-safe. */
public class MilvusReader implements AutoCloseable {
  private final Connection connection;

  protected MilvusReader(Connection connection) {
    this.connection = connection;
  }

  /** A reader that tries for this long where Milvus is away or not ready. */
  public static MilvusReader connect(MilvusEndpoint endpoint, Duration patience) {
    return new MilvusReader(Connection.to(endpoint, patience));
  }

  protected final Connection connection() {
    return connection;
  }

  /** Whether it is a Milvus Lite, which has less to tell. */
  public boolean isLite() {
    return connection.dialect() == Dialect.LITE;
  }

  /** A hybrid timestamp of now. */
  public long timestamp() {
    return connection
        .call(
            "allocate a timestamp",
            Repeat.ALWAYS,
            stub -> stub.allocTimestamp(AllocTimestampRequest.getDefaultInstance()),
            AllocTimestampResponse::getStatus)
        .getTimestamp();
  }

  /** The names of its databases. */
  public List<String> databases() {
    return List.copyOf(
        connection
            .call(
                "list its databases",
                Repeat.ALWAYS,
                stub -> stub.listDatabases(ListDatabasesRequest.getDefaultInstance()),
                ListDatabasesResponse::getStatus)
            .getDbNamesList());
  }

  /** The names of a database's collections. */
  public List<String> collections(String database) {
    ShowCollectionsRequest request =
        ShowCollectionsRequest.newBuilder().setDbName(database).build();
    return List.copyOf(
        connection
            .call(
                "list the collections of " + database,
                Repeat.ALWAYS,
                stub -> stub.showCollections(request),
                ShowCollectionsResponse::getStatus)
            .getCollectionNamesList());
  }

  /** A handle on a collection, whether it exists or not. */
  public CollectionReader collection(String database, String name) {
    return new CollectionReader(connection, database, name);
  }

  @Override
  public final void close() {
    connection.close();
  }

  @Override
  public final String toString() {
    return connection.uri();
  }
}
