package io.milvus.cdc.examples.client;

import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Milvus instance: its databases, and the collections in them. Thread-safe. */
public final class MilvusClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Connection connection;

  private MilvusClient(Connection connection) {
    this.connection = connection;
  }

  /**
   * A client that tries for a minute where Milvus is away or not ready. Nothing is contacted yet.
   */
  public static MilvusClient connect(String uri) {
    return connect(uri, PATIENCE);
  }

  /**
   * The same, over TLS and logged in.
   *
   * @param authorities a PEM file with those that the certificate may come from
   */
  public static MilvusClient connect(String uri, Path authorities, String user, String password) {
    return new MilvusClient(
        Connection.secure(uri, PATIENCE, authorities.toFile(), user + ":" + password));
  }

  /**
   * A client that tries for this long where Milvus is away or not ready. Nothing is contacted yet.
   */
  public static MilvusClient connect(String uri, Duration patience) {
    return new MilvusClient(Connection.to(uri, patience));
  }

  public String version() {
    return connection
        .call(
            "tell its version",
            Repeat.ALWAYS,
            stub -> stub.getVersion(GetVersionRequest.getDefaultInstance()),
            GetVersionResponse::getStatus)
        .getVersion();
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

  /** Makes a database, unless it exists. */
  public void createDatabase(String name) {
    if (!databases().contains(name)) {
      CreateDatabaseRequest request = CreateDatabaseRequest.newBuilder().setDbName(name).build();
      unless(
          "already exist",
          () -> connection.change("create database " + name, stub -> stub.createDatabase(request)));
    }
  }

  /** Drops a database, which must be empty, unless it is gone. */
  public void dropDatabase(String name) {
    if (databases().contains(name)) {
      DropDatabaseRequest request = DropDatabaseRequest.newBuilder().setDbName(name).build();
      unless(
          "database not found",
          () -> connection.change("drop database " + name, stub -> stub.dropDatabase(request)));
    }
  }

  /** Drops a database with all that is in it, unless it is gone. */
  public void dropDatabaseWithCollections(String name) {
    if (databases().contains(name)) {
      collections(name).forEach(collection -> drop(name, collection));
      dropDatabase(name);
    }
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

  /** Makes a collection. */
  public MilvusCollection create(NewCollection collection) {
    CreateCollectionRequest.Builder request =
        CreateCollectionRequest.newBuilder()
            .setDbName(collection.database())
            .setCollectionName(collection.schema().getName())
            .setSchema(collection.schema().toByteString())
            .setShardsNum(collection.shards())
            .setConsistencyLevel(collection.consistency())
            .setNumPartitions(collection.partitions());
    collection
        .properties()
        .forEach(
            (key, value) ->
                request.addProperties(KeyValuePair.newBuilder().setKey(key).setValue(value)));
    MilvusCollection created = collection(collection.database(), collection.schema().getName());
    connection.change("create " + created, stub -> stub.createCollection(request.build()));
    return created;
  }

  /** Drops a collection, unless it is gone. */
  public void drop(String database, String name) {
    DropCollectionRequest request =
        DropCollectionRequest.newBuilder().setDbName(database).setCollectionName(name).build();
    connection.change("drop %s.%s".formatted(database, name), stub -> stub.dropCollection(request));
  }

  /** Its users and roles. */
  public Access access() {
    return new Access(connection);
  }

  /** A handle on a collection, whether it exists or not. */
  public MilvusCollection collection(String database, String name) {
    return new MilvusCollection(connection, database, name);
  }

  /** Runs an action whose repetition may find its work done already. */
  private static void unless(String done, Runnable action) {
    try {
      action.run();
    } catch (MilvusException e) {
      if (!Answers.mentions(e, done)) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  @Override
  public String toString() {
    return connection.uri();
  }
}
