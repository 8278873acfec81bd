package io.milvus.cdc.examples.testbed.client;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.internal.client.Connection;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.MilvusReader;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;

/** Reads and writes a Milvus instance. Thread-safe. */
public final class MilvusClient extends MilvusReader {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private MilvusClient(MilvusEndpoint endpoint) {
    super(Connection.to(endpoint, PATIENCE));
  }

  /**
   * Creates a client that retries for a minute if Milvus is unreachable or not ready. Contacts
   * nothing yet.
   */
  public static MilvusClient connect(String uri) {
    return new MilvusClient(MilvusEndpoint.at(uri));
  }

  /**
   * Creates such a client that uses TLS and logs in.
   *
   * @param authorities a PEM file with the authorities that may have signed the certificate
   */
  public static MilvusClient connect(String uri, Path authorities, String user, String password) {
    return new MilvusClient(MilvusEndpoint.at(uri).token(user + ":" + password).trust(authorities));
  }

  /** Creates a database, unless it exists. */
  public void createDatabase(String name) {
    if (!databases().contains(name)) {
      CreateDatabaseRequest request = CreateDatabaseRequest.newBuilder().setDbName(name).build();
      unless(
          "already exist",
          () -> connection().change("create database " + name, Methods.CREATE_DATABASE, request));
    }
  }

  /** Drops a database, if it exists. It must be empty. */
  public void dropDatabase(String name) {
    if (databases().contains(name)) {
      DropDatabaseRequest request = DropDatabaseRequest.newBuilder().setDbName(name).build();
      unless(
          "database not found",
          () -> connection().change("drop database " + name, Methods.DROP_DATABASE, request));
    }
  }

  /** Drops a database with all its collections, if it exists. */
  public void dropDatabaseWithCollections(String name) {
    if (databases().contains(name)) {
      collections(name).forEach(collection -> drop(name, collection));
      dropDatabase(name);
    }
  }

  /** Creates a collection. */
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
    connection().change("create " + created, Methods.CREATE_COLLECTION, request.build());
    return created;
  }

  /** Drops a collection, if it exists. */
  public void drop(String database, String name) {
    DropCollectionRequest request =
        DropCollectionRequest.newBuilder().setDbName(database).setCollectionName(name).build();
    connection().change("drop %s.%s".formatted(database, name), Methods.DROP_COLLECTION, request);
  }

  /** Returns its users and roles. */
  public Access access() {
    return new Access(connection());
  }

  /** Returns a handle on a collection, whether it exists or not. */
  @Override
  public MilvusCollection collection(String database, String name) {
    return new MilvusCollection(connection(), database, name);
  }

  /** Runs an action that may find its work done already if it is repeated. */
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
