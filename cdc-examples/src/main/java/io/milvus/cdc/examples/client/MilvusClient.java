package io.milvus.cdc.examples.client;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.internal.client.Connection;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.MilvusReader;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;

/** A Milvus instance, to be read and written. Thread-safe. */
public final class MilvusClient extends MilvusReader {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private MilvusClient(MilvusEndpoint endpoint) {
    super(Connection.to(endpoint, PATIENCE));
  }

  /**
   * A client that tries for a minute where Milvus is away or not ready. Nothing is contacted yet.
   */
  public static MilvusClient connect(String uri) {
    return new MilvusClient(MilvusEndpoint.at(uri));
  }

  /**
   * The same, over TLS and logged in.
   *
   * @param authorities a PEM file with those that the certificate may come from
   */
  public static MilvusClient connect(String uri, Path authorities, String user, String password) {
    return new MilvusClient(MilvusEndpoint.at(uri).token(user + ":" + password).trust(authorities));
  }

  /** Makes a database, unless it exists. */
  public void createDatabase(String name) {
    if (!databases().contains(name)) {
      CreateDatabaseRequest request = CreateDatabaseRequest.newBuilder().setDbName(name).build();
      unless(
          "already exist",
          () ->
              connection().change("create database " + name, stub -> stub.createDatabase(request)));
    }
  }

  /** Drops a database, which must be empty, unless it is gone. */
  public void dropDatabase(String name) {
    if (databases().contains(name)) {
      DropDatabaseRequest request = DropDatabaseRequest.newBuilder().setDbName(name).build();
      unless(
          "database not found",
          () -> connection().change("drop database " + name, stub -> stub.dropDatabase(request)));
    }
  }

  /** Drops a database with all that is in it, unless it is gone. */
  public void dropDatabaseWithCollections(String name) {
    if (databases().contains(name)) {
      collections(name).forEach(collection -> drop(name, collection));
      dropDatabase(name);
    }
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
    connection().change("create " + created, stub -> stub.createCollection(request.build()));
    return created;
  }

  /** Drops a collection, unless it is gone. */
  public void drop(String database, String name) {
    DropCollectionRequest request =
        DropCollectionRequest.newBuilder().setDbName(database).setCollectionName(name).build();
    connection()
        .change("drop %s.%s".formatted(database, name), stub -> stub.dropCollection(request));
  }

  /** Its users and roles. */
  public Access access() {
    return new Access(connection());
  }

  /** A handle on a collection, whether it exists or not. */
  @Override
  public MilvusCollection collection(String database, String name) {
    return new MilvusCollection(connection(), database, name);
  }

  /** Runs an action whose repetition may find its work done already. */
  private static void unless(String done, Runnable action) {
    try {
      action.run();
    } catch (MilvusException e) {
      if (!e.mentions(done)) {
        throw e;
      }
    }
  }
}
