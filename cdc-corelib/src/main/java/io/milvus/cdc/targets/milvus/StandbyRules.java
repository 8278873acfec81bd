package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.ReplicateInfo;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/**
 * Lets a standby use the source's times of changes. A creation is followed by a tick, because a
 * node that registers a channel waits for one. A drop begins with the message by which the nodes
 * learn of it, because a standby does not write that itself.
 */
final class StandbyRules implements CatalogRules {
  private final StandbyWriter writer;
  private final InstantSource time;

  StandbyRules(StandbyWriter writer, InstantSource time) {
    this.writer = writer;
    this.time = time;
  }

  /** Returns the header that lets a standby accept a change, with the source's time of it. */
  @Override
  public MsgBase base(long timestamp) {
    return MsgBase.newBuilder()
        .setReplicateInfo(
            ReplicateInfo.newBuilder()
                .setIsReplicate(true)
                // 0 is refused ("the cdc timestamp is not set").
                .setMsgTimestamp(Math.max(timestamp, Timestamps.ofMillis(1))))
        .build();
  }

  @Override
  public CollectionSchema schemaOf(CollectionEntry collection) {
    return SourceSchema.of(collection);
  }

  /**
   * Requires equal columns, because messages are passed unchanged and others would crash data
   * nodes.
   */
  @Override
  public void requireFit(
      String database, CollectionEntry wanted, DescribeCollectionResponse there) {
    SchemaComparison.requireEqual(database, schemaOf(wanted), there.getSchema());
  }

  @Override
  public void requireSpread(
      String database, CollectionEntry wanted, DescribeCollectionResponse there) {
    SchemaComparison.requireShards(database, wanted, there);
  }

  @Override
  public boolean isCounterpart(
      CollectionEntry collection, DescribeCollectionResponse there, @Nullable Long knownId) {
    return knownId == null
        ? there.getCreatedTimestamp() == collection.createdAt()
        : there.getCollectionID() == knownId;
  }

  /**
   * Waits for the target's clock. If that is behind a creation, the target does not find the
   * object.
   */
  @Override
  public void await(SchemaEvent event) throws InterruptedException {
    long ahead = Timestamps.millis(event.timestamp()) - time.millis();
    if (ahead > 0) {
      Thread.sleep(ahead);
    }
  }

  @Override
  public void requireMovable(Binding from, Binding to) {
    // A standby accepts renames like any Milvus.
  }

  @Override
  public void created(Binding collection, long timestamp) throws InterruptedException {
    writer.tick(collection.channels(), timestamp);
  }

  @Override
  public void dropping(Binding collection, long timestamp) throws InterruptedException {
    announce(
        collection,
        timestamp,
        (messageId, stamp) ->
            Msg.DropCollectionRequest.newBuilder()
                .setBase(base(MsgType.DropCollection, messageId, stamp))
                .setDbName(collection.database())
                .setCollectionName(collection.name())
                .setCollectionID(collection.targetId())
                .build()
                .toByteString());
  }

  @Override
  public void dropping(Binding collection, String partition, long partitionId, long timestamp)
      throws InterruptedException {
    announce(
        collection,
        timestamp,
        (messageId, stamp) ->
            Msg.DropPartitionRequest.newBuilder()
                .setBase(base(MsgType.DropPartition, messageId, stamp))
                .setDbName(collection.database())
                .setCollectionName(collection.name())
                .setPartitionName(partition)
                .setCollectionID(collection.targetId())
                .setPartitionID(partitionId)
                .build()
                .toByteString());
  }

  /** Sends a drop's message on every channel of the collection, and completes it with a tick. */
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
