package io.milvus.cdc.internal.client;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.internal.milvus.Dialect;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ShowCollectionsRequest;
import java.time.Duration;
import java.util.List;

/** Reads a Milvus instance: its databases and their collections. Thread-safe. */
public class MilvusReader implements AutoCloseable {
  private final Connection connection;

  protected MilvusReader(Connection connection) {
    this.connection = connection;
  }

  /** Returns a reader that retries for this long if Milvus is unreachable or not ready. */
  public static MilvusReader connect(MilvusEndpoint endpoint, Duration patience) {
    return new MilvusReader(Connection.to(endpoint, patience));
  }

  protected final Connection connection() {
    return connection;
  }

  /** Returns whether it is a Milvus Lite, which reports less. */
  public boolean isLite() {
    return connection.dialect() == Dialect.LITE;
  }

  /** Returns a hybrid timestamp of now. */
  public long timestamp() {
    return connection
        .call(
            "allocate a timestamp",
            Repeat.ALWAYS,
            Methods.ALLOC_TIMESTAMP,
            AllocTimestampRequest.getDefaultInstance())
        .getTimestamp();
  }

  /** Returns the names of its databases. */
  public List<String> databases() {
    return List.copyOf(
        connection
            .call(
                "list its databases",
                Repeat.ALWAYS,
                Methods.LIST_DATABASES,
                ListDatabasesRequest.getDefaultInstance())
            .getDbNamesList());
  }

  /** Returns the names of a database's collections. */
  public List<String> collections(String database) {
    ShowCollectionsRequest request =
        ShowCollectionsRequest.newBuilder().setDbName(database).build();
    return List.copyOf(
        connection
            .call(
                "list the collections of " + database,
                Repeat.ALWAYS,
                Methods.SHOW_COLLECTIONS,
                request)
            .getCollectionNamesList());
  }

  /** Returns a handle on a collection, whether it exists or not. */
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
