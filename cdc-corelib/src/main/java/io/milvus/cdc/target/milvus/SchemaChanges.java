package io.milvus.cdc.target.milvus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes of the catalog to a replica. Each can be applied again after a crash.
 *
 * <p>A creation is followed by a tick, because a node that registers a channel waits for one; a
 * drop begins with the message that the nodes know it by, which a replica does not write itself.
 */
final class SchemaChanges implements SchemaEvent.Visitor<InterruptedException> {
  private final TargetCatalog target;
  private final ReplicaWriter writer;
  private final Bindings bindings;
  private final InstantSource time;

  SchemaChanges(TargetCatalog target, ReplicaWriter writer, Bindings bindings, InstantSource time) {
    this.target = target;
    this.writer = writer;
    this.bindings = bindings;
    this.time = time;
  }

  /** The counterpart of a collection that was replicated before, or null where there is none. */
  @Nullable Binding find(String database, CollectionEntry collection, @Nullable Long knownId)
      throws InterruptedException {
    DescribeCollectionResponse found = target.describe(database, collection.name());
    if (found == null) {
      return null;
    }
    boolean ours =
        knownId == null
            ? found.getCreatedTimestamp() == collection.createdAt()
            : found.getCollectionID() == knownId;
    return ours ? binding(database, collection, found) : null;
  }

  private Binding binding(
      String database, CollectionEntry collection, DescribeCollectionResponse found)
      throws InterruptedException {
    SchemaComparison.requireShards(database, collection, found);
    return new Binding(
        collection,
        database,
        found.getCollectionID(),
        List.copyOf(found.getVirtualChannelNamesList()),
        target.partitions(database, collection.name()));
  }

  void apply(SchemaEvent event) throws InterruptedException {
    holdUntilPast(event.timestamp());
    event.accept(this);
  }

  /** A target whose clock is behind a creation does not find what was created. */
  private void holdUntilPast(long timestamp) throws InterruptedException {
    long ahead = Timestamps.millis(timestamp) - time.millis();
    if (ahead > 0) {
      Thread.sleep(ahead);
    }
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) throws InterruptedException {
    if (!target.databases().contains(event.database().name())) {
      target.createDatabase(event.database().name());
    }
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) throws InterruptedException {
    if (target.databases().contains(event.database().name())) {
      target.dropDatabase(event.database().name());
    }
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) throws InterruptedException {
    CollectionEntry collection = event.collection();
    String database = event.database().name();
    CollectionSchema wanted = schemaOf(collection);
    DescribeCollectionResponse found = target.describe(database, collection.name());
    if (found == null) {
      target.createCollection(database, collection, wanted);
      found = target.describe(database, collection.name());
      if (found == null) {
        throw new TargetException(
            "Collection %s.%s was created on the target and is not there."
                .formatted(database, collection.name()));
      }
    }
    SchemaComparison.requireEqual(database, wanted, found.getSchema());
    Binding binding = binding(database, collection, found);
    bindings.put(binding);
    writer.tick(binding.channels(), event.timestamp());
  }

  static CollectionSchema schemaOf(CollectionEntry collection) {
    try {
      return CollectionSchema.parseFrom(Base64.getDecoder().decode(collection.schema().encoded()))
          .toBuilder()
          .setName(collection.name())
          .build();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new CorruptCheckpointException(
          "The schema of collection %s cannot be read: %s"
              .formatted(collection.name(), e.getMessage()),
          e);
    }
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) throws InterruptedException {
    Binding binding = bindings.get(event.collection().id());
    if (binding == null) {
      return;
    }
    announce(
        binding,
        event.timestamp(),
        (messageId, timestamp) ->
            Msg.DropCollectionRequest.newBuilder()
                .setBase(base(MsgType.DropCollection, messageId, timestamp))
                .setDbName(binding.database())
                .setCollectionName(binding.name())
                .setCollectionID(binding.targetId())
                .build()
                .toByteString());
    target.dropCollection(binding.database(), binding.name(), event.timestamp());
    bindings.remove(event.collection().id());
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) throws InterruptedException {
    Binding binding = bindings.get(event.collection().id());
    if (binding == null) {
      return;
    }
    Binding after = binding.renamed(event.naming(), event.to().name());
    DescribeCollectionResponse there = target.describe(after.database(), after.name());
    if (there != null && there.getCollectionID() != binding.targetId()) {
      throw new TargetException(
          ("Collection %s cannot be renamed to %s as on the source: the target has another collection"
                  + " of that name. Drop or rename that one.")
              .formatted(binding.place(), after.place()));
    }
    if (there == null) {
      target.renameCollection(
          binding.database(), binding.name(), after.database(), after.name(), event.timestamp());
    }
    bindings.put(after);
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) throws InterruptedException {
    Binding binding = bindings.get(event.collection().id());
    Binding known = bound(binding, event.collection());
    target.createPartition(
        known.database(), known.name(), event.partition().name(), event.timestamp());
    bindings.put(
        known.with(
            known.source().with(event.partition()),
            target.partitions(known.database(), known.name())));
  }

  private static Binding bound(@Nullable Binding binding, CollectionEntry collection) {
    if (binding == null) {
      throw new TargetException(
          ("Collection %s was replicated and is not on the target any more. Delete the task and start"
                  + " anew, or bring the collection back.")
              .formatted(collection.name()));
    }
    return binding;
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) throws InterruptedException {
    Binding binding = bindings.get(event.collection().id());
    PartitionEntry partition = event.partition();
    Long targetId = binding == null ? null : binding.partitionIds().get(partition.name());
    if (binding == null || targetId == null) {
      return;
    }
    announce(
        binding,
        event.timestamp(),
        (messageId, timestamp) ->
            Msg.DropPartitionRequest.newBuilder()
                .setBase(base(MsgType.DropPartition, messageId, timestamp))
                .setDbName(binding.database())
                .setCollectionName(binding.name())
                .setPartitionName(partition.name())
                .setCollectionID(binding.targetId())
                .setPartitionID(targetId)
                .build()
                .toByteString());
    target.dropPartition(binding.database(), binding.name(), partition.name(), event.timestamp());
    Map<Long, PartitionEntry> left = new HashMap<>(binding.source().partitions());
    left.remove(partition.id());
    Map<String, Long> ids = new HashMap<>(binding.partitionIds());
    ids.remove(partition.name());
    bindings.put(binding.with(binding.source().withPartitions(left), ids));
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) throws InterruptedException {
    Binding binding = bound(bindings.get(event.collection().id()), event.collection());
    target.setAlias(
        binding.database(), event.alias().name().text(), binding.name(), event.timestamp());
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) throws InterruptedException {
    Binding binding = bindings.get(event.alias().collectionId());
    if (binding != null) {
      target.dropAlias(binding.database(), event.alias().name().text(), event.timestamp());
    }
  }

  /** Sends a drop's message on every channel of the collection, and makes it count. */
  private void announce(Binding binding, long timestamp, Outgoing.Encoder message)
      throws InterruptedException {
    Map<String, List<Outgoing>> byChannel = new HashMap<>();
    for (String channel : binding.channels()) {
      byChannel.put(channel, List.of(Outgoing.of(timestamp, 0, message)));
    }
    writer.send(byChannel);
    writer.tick(binding.channels(), timestamp);
  }

  private static MsgBase base(MsgType type, long messageId, long timestamp) {
    return MsgBase.newBuilder()
        .setMsgType(type)
        .setMsgID(messageId)
        .setTimestamp(timestamp)
        .build();
  }
}
