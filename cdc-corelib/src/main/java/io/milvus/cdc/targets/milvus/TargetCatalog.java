package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.internal.milvus.Method;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and changes the target's own catalog through its public API. */
final class TargetCatalog {
  /**
   * For this many collections the databases' lists are requested first, because most collections do
   * not exist.
   */
  private static final int MANY = 16;

  private final TargetRpc rpc;

  /** Returns the header of a change at a timestamp: {@link CatalogRules#base}. */
  private final LongFunction<MsgBase> base;

  TargetCatalog(TargetRpc rpc, LongFunction<MsgBase> base) {
    this.rpc = rpc;
    this.base = base;
  }

  /** Creates a catalog that is only read. */
  TargetCatalog(TargetRpc rpc) {
    this(rpc, timestamp -> MsgBase.getDefaultInstance());
  }

  List<String> databases() throws InterruptedException {
    ListDatabasesResponse answer =
        rpc.call(Methods.LIST_DATABASES, ListDatabasesRequest.getDefaultInstance());
    require("list its databases", answer.getStatus());
    return answer.getDbNamesList();
  }

  /** Returns the ids of a database's collections, by name. */
  Map<String, Long> collections(String database) throws InterruptedException {
    ShowCollectionsResponse answer =
        rpc.call(
            Methods.SHOW_COLLECTIONS,
            ShowCollectionsRequest.newBuilder().setDbName(database).build());
    require("show the collections of " + database, answer.getStatus());
    Map<String, Long> ids = new HashMap<>();
    for (int i = 0; i < answer.getCollectionNamesCount(); i++) {
      boolean numbered = i < answer.getCollectionIdsCount();
      ids.put(answer.getCollectionNames(i), numbered ? answer.getCollectionIds(i) : 0);
    }
    return ids;
  }

  /** Returns the ids of the collections of all databases. */
  Set<Long> collectionIds() throws InterruptedException {
    Set<Long> ids = new HashSet<>();
    for (String database : databases()) {
      ids.addAll(collections(database).values());
    }
    return ids;
  }

  void createDatabase(String name) throws InterruptedException {
    change(
        Methods.CREATE_DATABASE,
        CreateDatabaseRequest.newBuilder().setDbName(name).build(),
        "create database " + name);
  }

  void dropDatabase(String name) throws InterruptedException {
    change(
        Methods.DROP_DATABASE,
        DropDatabaseRequest.newBuilder().setDbName(name).build(),
        "drop database " + name);
  }

  /** The name of a collection and its database. */
  record Name(String database, String collection) {
    @Override
    public String toString() {
      return database + "." + collection;
    }
  }

  /** Returns the collection of this name, or null if there is none. */
  @Nullable DescribeCollectionResponse describe(String database, String name)
      throws InterruptedException {
    return describe(List.of(new Name(database, name))).get(0);
  }

  /**
   * Returns the collections of these names, in their order; null for a name without a collection.
   */
  List<@Nullable DescribeCollectionResponse> describe(List<Name> names)
      throws InterruptedException {
    if (names.size() < MANY) {
      return describeEach(names);
    }
    Set<Name> listed = listed(names);
    Iterator<@Nullable DescribeCollectionResponse> found =
        describeEach(names.stream().filter(listed::contains).toList()).iterator();
    List<@Nullable DescribeCollectionResponse> all = new ArrayList<>(names.size());
    for (Name name : names) {
      all.add(listed.contains(name) ? found.next() : null);
    }
    return all;
  }

  /** Returns the names of the existing collections among these. */
  private Set<Name> listed(List<Name> names) throws InterruptedException {
    Set<String> databases = names.stream().map(Name::database).collect(Collectors.toSet());
    databases.retainAll(databases());
    Set<Name> there = new HashSet<>();
    for (String database : databases) {
      collections(database).keySet().forEach(name -> there.add(new Name(database, name)));
    }
    return there;
  }

  private List<@Nullable DescribeCollectionResponse> describeEach(List<Name> names)
      throws InterruptedException {
    List<DescribeCollectionResponse> answers =
        rpc.callAll(
            Methods.DESCRIBE_COLLECTION,
            names.stream()
                .map(
                    name ->
                        DescribeCollectionRequest.newBuilder()
                            .setDbName(name.database())
                            .setCollectionName(name.collection())
                            .build())
                .toList());
    List<@Nullable DescribeCollectionResponse> found = new ArrayList<>(answers.size());
    for (int i = 0; i < answers.size(); i++) {
      DescribeCollectionResponse answer = answers.get(i);
      boolean there = !MilvusStatus.notFound(answer.getStatus());
      if (there) {
        require("describe collection " + names.get(i), answer.getStatus());
      }
      found.add(there ? answer : null);
    }
    return found;
  }

  void createCollection(String database, CollectionEntry collection, CollectionSchema schema)
      throws InterruptedException {
    change(
        Methods.CREATE_COLLECTION,
        CollectionRequest.of(base.apply(collection.createdAt()), database, collection, schema),
        "create collection %s.%s".formatted(database, collection.name()));
  }

  void dropCollection(String database, String name, long timestamp) throws InterruptedException {
    change(
        Methods.DROP_COLLECTION,
        DropCollectionRequest.newBuilder()
            .setBase(base.apply(timestamp))
            .setDbName(database)
            .setCollectionName(name)
            .build(),
        "drop collection %s.%s".formatted(database, name));
  }

  /** Renames a collection. A standby accepts it like any Milvus. */
  void renameCollection(
      String database, String name, String newDatabase, String newName, long timestamp)
      throws InterruptedException {
    change(
        Methods.RENAME_COLLECTION,
        RenameCollectionRequest.newBuilder()
            .setBase(base.apply(timestamp))
            .setDbName(database)
            .setOldName(name)
            .setNewDBName(newDatabase)
            .setNewName(newName)
            .build(),
        "rename collection %s.%s to %s.%s".formatted(database, name, newDatabase, newName));
  }

  /** Returns the ids of a collection's partitions, by name; 0 if the target has no ids. */
  Map<String, Long> partitions(String database, String collection) throws InterruptedException {
    return partitions(List.of(new Name(database, collection))).get(0);
  }

  /** Returns the partitions of several collections, in their order. */
  List<Map<String, Long>> partitions(List<Name> names) throws InterruptedException {
    List<ShowPartitionsResponse> answers =
        rpc.callAll(
            Methods.SHOW_PARTITIONS,
            names.stream()
                .map(
                    name ->
                        ShowPartitionsRequest.newBuilder()
                            .setDbName(name.database())
                            .setCollectionName(name.collection())
                            .build())
                .toList());
    List<Map<String, Long>> all = new ArrayList<>(answers.size());
    for (int i = 0; i < answers.size(); i++) {
      require("show the partitions of " + names.get(i), answers.get(i).getStatus());
      all.add(ids(answers.get(i)));
    }
    return all;
  }

  private static Map<String, Long> ids(ShowPartitionsResponse answer) {
    Map<String, Long> ids = new HashMap<>();
    for (int i = 0; i < answer.getPartitionNamesCount(); i++) {
      boolean numbered = i < answer.getPartitionIDsCount();
      ids.put(answer.getPartitionNames(i), numbered ? answer.getPartitionIDs(i) : 0);
    }
    return ids;
  }

  void createPartition(String database, String collection, String name, long timestamp)
      throws InterruptedException {
    change(
        Methods.CREATE_PARTITION,
        CreatePartitionRequest.newBuilder()
            .setBase(base.apply(timestamp))
            .setDbName(database)
            .setCollectionName(collection)
            .setPartitionName(name)
            .build(),
        "create partition %s of %s.%s".formatted(name, database, collection));
  }

  /** Drops a partition, and releases it first: the source had released it, too. */
  void dropPartition(String database, String collection, String name, long timestamp)
      throws InterruptedException {
    DropPartitionRequest request =
        DropPartitionRequest.newBuilder()
            .setBase(base.apply(timestamp))
            .setDbName(database)
            .setCollectionName(collection)
            .setPartitionName(name)
            .build();
    String what = "drop partition %s of %s.%s".formatted(name, database, collection);
    Status status = rpc.call(Methods.DROP_PARTITION, request);
    if (Answers.partitionIsLoaded(status)) {
      change(
          Methods.RELEASE_PARTITIONS,
          ReleasePartitionsRequest.newBuilder()
              .setBase(base.apply(timestamp))
              .setDbName(database)
              .setCollectionName(collection)
              .addPartitionNames(name)
              .build(),
          "release partition %s of %s.%s".formatted(name, database, collection));
      status = rpc.call(Methods.DROP_PARTITION, request);
    }
    require(what, status);
  }

  /** Sets an alias of a collection. Another collection may have had it. */
  void setAlias(String database, String alias, String collection, long timestamp)
      throws InterruptedException {
    Status made =
        rpc.call(
            Methods.CREATE_ALIAS,
            CreateAliasRequest.newBuilder()
                .setBase(base.apply(timestamp))
                .setDbName(database)
                .setAlias(alias)
                .setCollectionName(collection)
                .build());
    if (MilvusStatus.ok(made)) {
      return;
    }
    Status moved =
        rpc.call(
            Methods.ALTER_ALIAS,
            AlterAliasRequest.newBuilder()
                .setBase(base.apply(timestamp))
                .setDbName(database)
                .setAlias(alias)
                .setCollectionName(collection)
                .build());
    if (!MilvusStatus.ok(moved)) {
      require("set alias %s of collection %s.%s".formatted(alias, database, collection), made);
    }
  }

  /** Drops an alias, unless it is gone. */
  void dropAlias(String database, String alias, long timestamp) throws InterruptedException {
    Status status =
        rpc.call(
            Methods.DROP_ALIAS,
            DropAliasRequest.newBuilder()
                .setBase(base.apply(timestamp))
                .setDbName(database)
                .setAlias(alias)
                .build());
    if (!Answers.noAlias(status)) {
      require("drop alias %s.%s".formatted(database, alias), status);
    }
  }

  private <Q> void change(Method<Q, Status> method, Q request, String what)
      throws InterruptedException {
    require(what, rpc.call(method, request));
  }

  private static void require(String what, Status status) {
    if (!MilvusStatus.ok(status)) {
      throw Answers.schemaFailure(what, status);
    }
  }
}
