package io.milvus.cdc.testkit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.KeyValuePair;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalog of a {@link FakeMilvus}. Not thread-safe by itself. */
public final class FakeCatalog {
  public static final int CHANNELS = 3;
  private final Set<String> databases = new HashSet<>(Set.of("default"));
  private final Map<String, Made> collections = new TreeMap<>();

  /** The collections that aliases stand for. */
  private final Map<String, String> aliases = new TreeMap<>();

  private final Set<Long> loaded = new HashSet<>();
  private long nextId = 9000;
  private boolean ordinary;

  /** A collection as it was asked for. */
  public record Made(
      long id,
      CreateCollectionRequest request,
      CollectionSchema schema,
      List<String> shards,
      Map<String, Long> partitions) {

    public long createdAt() {
      return request.getBase().getReplicateInfo().getMsgTimestamp();
    }
  }

  void ordinary() {
    ordinary = true;
  }

  private static String key(String database, String collection) {
    return (database.isEmpty() ? "default" : database) + "." + collection;
  }

  private static Status refusal(int code, String reason) {
    return Status.newBuilder().setCode(code).setReason(reason).build();
  }

  private @Nullable Status unlessReplicated(MsgBase base) {
    boolean fine =
        ordinary
            ? !base.hasReplicateInfo()
            : base.getReplicateInfo().getIsReplicate()
                && base.getReplicateInfo().getMsgTimestamp() > 0;
    return fine ? null : refusal(1900, "the cdc timestamp is not set, or is");
  }

  ListDatabasesResponse databases() {
    return ListDatabasesResponse.newBuilder()
        .setStatus(FakeMilvus.OK)
        .addAllDbNames(databases)
        .build();
  }

  Status create(CreateDatabaseRequest request) {
    if (request.getDbName().equals("-")) {
      return refusal(802, "invalid database name");
    }
    return databases.add(request.getDbName())
        ? FakeMilvus.OK
        : refusal(801, "database already exist");
  }

  Status drop(DropDatabaseRequest request) {
    boolean used =
        collections.keySet().stream().anyMatch(k -> k.startsWith(request.getDbName() + "."));
    if (used) {
      return refusal(65535, "database not empty");
    }
    return databases.remove(request.getDbName())
        ? FakeMilvus.OK
        : refusal(800, "database not found");
  }

  Status create(CreateCollectionRequest request) {
    Status refused = unlessReplicated(request.getBase());
    String key = key(request.getDbName(), request.getCollectionName());
    if (refused != null) {
      return refused;
    }
    if (!databases.contains(key.substring(0, key.indexOf('.')))) {
      return refusal(800, "database not found");
    }
    if (collections.containsKey(key)) {
      return refusal(65535, "create duplicate collection with different parameters");
    }
    collections.put(key, make(request));
    return FakeMilvus.OK;
  }

  private Made make(CreateCollectionRequest request) {
    long id = nextId++;
    List<String> shards = new ArrayList<>();
    for (int i = 0; i < request.getShardsNum(); i++) {
      shards.add("t-dml_%d_%dv%d".formatted((id + i) % CHANNELS, id, i));
    }
    Map<String, Long> partitions = new TreeMap<>();
    if (request.getNumPartitions() == 0) {
      partitions.put("_default", nextId++);
    }
    for (int i = 0; i < request.getNumPartitions(); i++) {
      partitions.put("_default_" + i, nextId++);
    }
    try {
      CollectionSchema schema = CollectionSchema.parseFrom(request.getSchema());
      return new Made(id, request, schema, shards, partitions);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  DescribeCollectionResponse describe(DescribeCollectionRequest request) {
    Made made = find(request.getDbName(), request.getCollectionName());
    if (made == null) {
      return DescribeCollectionResponse.newBuilder()
          .setStatus(refusal(100, "collection not found"))
          .build();
    }
    return DescribeCollectionResponse.newBuilder()
        .setStatus(FakeMilvus.OK)
        .setCollectionID(made.id())
        .setSchema(made.schema())
        .setCreatedTimestamp(made.createdAt())
        .addAllVirtualChannelNames(made.shards())
        .addAllProperties(made.request().getPropertiesList())
        .build();
  }

  Status drop(DropCollectionRequest request) {
    Status refused = unlessReplicated(request.getBase());
    if (refused == null) {
      collections.remove(key(request.getDbName(), request.getCollectionName()));
    }
    return refused == null ? FakeMilvus.OK : refused;
  }

  Status alter(AlterCollectionRequest request) {
    String key = key(request.getDbName(), request.getCollectionName());
    Made made = collections.get(key);
    if (made == null) {
      return refusal(100, "collection not found");
    }
    Map<String, KeyValuePair> properties = new TreeMap<>();
    made.request().getPropertiesList().forEach(pair -> properties.put(pair.getKey(), pair));
    request.getPropertiesList().forEach(pair -> properties.put(pair.getKey(), pair));
    collections.put(
        key,
        new Made(
            made.id(),
            made.request().toBuilder()
                .clearProperties()
                .addAllProperties(properties.values())
                .build(),
            made.schema(),
            made.shards(),
            made.partitions()));
    return FakeMilvus.OK;
  }

  /** As Milvus does, it takes a rename from anybody. */
  Status rename(RenameCollectionRequest request) {
    String from = key(request.getDbName(), request.getOldName());
    String to = key(request.getNewDBName(), request.getNewName());
    Made made = collections.get(from);
    if (made == null) {
      return refusal(100, "collection not found");
    }
    if (!databases.contains(to.substring(0, to.indexOf('.')))) {
      return refusal(65535, "target database not found");
    }
    if (collections.containsKey(to)) {
      return refusal(65535, "duplicated new collection name");
    }
    collections.remove(from);
    collections.put(
        to,
        new Made(
            made.id(),
            made.request().toBuilder()
                .setDbName(request.getNewDBName())
                .setCollectionName(request.getNewName())
                .build(),
            made.schema().toBuilder().setName(request.getNewName()).build(),
            made.shards(),
            made.partitions()));
    return FakeMilvus.OK;
  }

  ShowCollectionsResponse collections(ShowCollectionsRequest request) {
    ShowCollectionsResponse.Builder answer = ShowCollectionsResponse.newBuilder();
    collections.forEach(
        (key, made) -> {
          if (key.startsWith(request.getDbName() + ".")) {
            answer.addCollectionNames(made.request().getCollectionName());
            answer.addCollectionIds(made.id());
          }
        });
    return answer.setStatus(FakeMilvus.OK).build();
  }

  ShowPartitionsResponse partitions(ShowPartitionsRequest request) {
    Made made = find(request.getDbName(), request.getCollectionName());
    ShowPartitionsResponse.Builder answer = ShowPartitionsResponse.newBuilder();
    if (made == null) {
      return answer.setStatus(refusal(100, "collection not found")).build();
    }
    made.partitions().forEach((name, id) -> answer.addPartitionNames(name).addPartitionIDs(id));
    return answer.setStatus(FakeMilvus.OK).build();
  }

  Status create(CreatePartitionRequest request) {
    Status refused = unlessReplicated(request.getBase());
    Made made = find(request.getDbName(), request.getCollectionName());
    if (refused != null || made == null) {
      return refused != null ? refused : refusal(100, "collection not found");
    }
    made.partitions().computeIfAbsent(request.getPartitionName(), name -> nextId++);
    return FakeMilvus.OK;
  }

  Status drop(DropPartitionRequest request) {
    Status refused = unlessReplicated(request.getBase());
    Made made = find(request.getDbName(), request.getCollectionName());
    if (refused != null || made == null) {
      return refused != null ? refused : refusal(100, "collection not found");
    }
    if (loaded.contains(made.partitions().get(request.getPartitionName()))) {
      return refusal(
          65535, "partition cannot be dropped, partition is loaded, please release it first");
    }
    made.partitions().remove(request.getPartitionName());
    return FakeMilvus.OK;
  }

  Status release(ReleasePartitionsRequest request) {
    Status refused = unlessReplicated(request.getBase());
    Made made = find(request.getDbName(), request.getCollectionName());
    if (refused != null || made == null) {
      return refused != null ? refused : refusal(100, "collection not found");
    }
    request.getPartitionNamesList().forEach(name -> loaded.remove(made.partitions().get(name)));
    return FakeMilvus.OK;
  }

  Status create(CreateAliasRequest request) {
    Status refused = unlessReplicated(request.getBase());
    String alias = key(request.getDbName(), request.getAlias());
    return refused != null
        ? refused
        : aliases.containsKey(alias)
            ? refusal(1602, "alias already exists and assigned to another collection")
            : point(alias, key(request.getDbName(), request.getCollectionName()));
  }

  Status alter(AlterAliasRequest request) {
    Status refused = unlessReplicated(request.getBase());
    String alias = key(request.getDbName(), request.getAlias());
    return refused != null
        ? refused
        : aliases.containsKey(alias)
            ? point(alias, key(request.getDbName(), request.getCollectionName()))
            : refusal(1600, "alias not found");
  }

  private Status point(String alias, String collection) {
    if (!collections.containsKey(collection)) {
      return refusal(100, "collection not found");
    }
    aliases.put(alias, collection);
    return FakeMilvus.OK;
  }

  Status drop(DropAliasRequest request) {
    Status refused = unlessReplicated(request.getBase());
    if (refused != null) {
      return refused;
    }
    return aliases.remove(key(request.getDbName(), request.getAlias())) == null
        ? refusal(1600, "alias not found")
        : FakeMilvus.OK;
  }

  public void load(String database, String collection, String partition) {
    loaded.add(get(database, collection).partitions().get(partition));
  }

  public @Nullable Made find(String database, String collection) {
    return collections.get(key(database, collection));
  }

  public Made get(String database, String collection) {
    Made made = find(database, collection);
    if (made == null) {
      throw new IllegalArgumentException("No " + collection + " among " + collections.keySet());
    }
    return made;
  }

  /** By {@code database.name}. */
  public Map<String, Made> collections() {
    return new TreeMap<>(collections);
  }

  public Set<String> databaseNames() {
    return Set.copyOf(databases);
  }

  /** Makes a collection behind everybody's back. */
  public Made put(String database, String name, CollectionSchema schema, int shards) {
    databases.add(database);
    Made made =
        make(
            CreateCollectionRequest.newBuilder()
                .setCollectionName(name)
                .setSchema(schema.toByteString())
                .setShardsNum(shards)
                .build());
    collections.put(key(database, name), made);
    return made;
  }
}
