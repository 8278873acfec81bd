package io.milvus.cdc.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgHeader;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.StringArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import milvus.proto.msg.Msg;

/**
 * The rows of a {@link FakeMilvus}, with Milvus's semantics: an insert adds a row whatever its key,
 * a delete hides the rows of its key that are older than itself, wherever in the log it stands.
 */
public final class FakeRows {
  private record Row(
      long collection,
      long partition,
      Object key,
      long version,
      long timestamp,
      Msg.InsertRequest message,
      int index) {}

  private record Gone(long collection, long partition, Object key, long timestamp) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Gone> gone = new ArrayList<>();
  private final Map<String, Long> ticks = new TreeMap<>();
  private final Set<Long> ids = new HashSet<>();
  private final List<String> violations = new ArrayList<>();

  static String typeOf(ByteString message) {
    return baseOf(message).getMsgType().name();
  }

  static MsgBase baseOf(ByteString message) {
    try {
      return MsgHeader.parseFrom(message).getBase();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  void take(ReplicateMessageRequest request) {
    String channel = request.getChannelName();
    for (ByteString message : request.getMsgsList()) {
      MsgBase base = baseOf(message);
      if (!ids.add(base.getMsgID()) || base.getMsgID() == 0) {
        violations.add("message id " + base.getMsgID() + " is not new");
      }
      try {
        switch (base.getMsgType()) {
          case TimeTick -> ticks.merge(channel, base.getTimestamp(), Math::max);
          case Insert -> insert(channel, Msg.InsertRequest.parseFrom(message));
          case Delete -> delete(channel, Msg.DeleteRequest.parseFrom(message));
          default -> {}
        }
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private void check(String channel, String shard, long timestamp, String what) {
    if (timestamp <= ticks.getOrDefault(channel, 0L)) {
      violations.add(
          "%s at %d on %s comes after tick %d"
              .formatted(what, timestamp, channel, ticks.get(channel)));
    }
    if (!shard.startsWith(channel + "_")) {
      violations.add("%s for shard %s came on %s".formatted(what, shard, channel));
    }
  }

  private void insert(String channel, Msg.InsertRequest message) {
    FieldData keys =
        message.getFieldsDataList().stream()
            .filter(column -> column.getFieldId() == Messages.KEY_FIELD)
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < message.getTimestampsCount(); i++) {
      check(channel, message.getShardName(), message.getTimestamps(i), "a row");
      rows.add(
          new Row(
              message.getCollectionID(),
              message.getPartitionID(),
              key(keys.getScalars().getLongData(), keys.getScalars().getStringData(), i),
              message.getRowIDs(i),
              message.getTimestamps(i),
              message,
              i));
    }
  }

  private void delete(String channel, Msg.DeleteRequest message) {
    for (int i = 0; i < message.getTimestampsCount(); i++) {
      check(channel, message.getShardName(), message.getTimestamps(i), "a delete");
      gone.add(
          new Gone(
              message.getCollectionID(),
              message.getPartitionID(),
              key(message.getPrimaryKeys().getIntId(), message.getPrimaryKeys().getStrId(), i),
              message.getTimestamps(i)));
    }
  }

  private static Object key(LongArray numbers, StringArray texts, int index) {
    return texts.getDataCount() > 0 ? texts.getData(index) : numbers.getData(index);
  }

  /** Loses some rows of a collection. */
  public void lose(long collection) {
    rows.removeIf(row -> row.collection() == collection && row.version() % 2 == 0);
  }

  /** What Milvus would not forgive. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** The last tick of each channel. */
  public Map<String, Long> ticks() {
    return new TreeMap<>(ticks);
  }

  /** How often a query would find each row of a partition, by {@code key:version}. */
  public Map<String, Long> visible(long collection, long partition) {
    return visible(collection).stream()
        .filter(row -> row.partition() == partition)
        .collect(
            Collectors.groupingBy(
                row -> row.key() + ":" + row.version(), TreeMap::new, Collectors.counting()));
  }

  /** The rows of some partitions of a collection that a query would find, decoded. */
  public List<Map<String, Object>> rows(long collection, Collection<Long> partitions) {
    return visible(collection).stream()
        .filter(row -> partitions.contains(row.partition()))
        .map(row -> FakeTable.row(row.message().getFieldsDataList(), row.index()))
        .toList();
  }

  private List<Row> visible(long collection) {
    Map<Object, List<Gone>> byKey = new HashMap<>();
    gone.stream()
        .filter(delete -> delete.collection() == collection)
        .forEach(delete -> byKey.computeIfAbsent(delete.key(), k -> new ArrayList<>()).add(delete));
    return rows.stream()
        .filter(row -> row.collection() == collection)
        .filter(
            row ->
                byKey.getOrDefault(row.key(), List.of()).stream()
                    .noneMatch(delete -> hides(delete, row)))
        .toList();
  }

  private static boolean hides(Gone delete, Row row) {
    return (delete.partition() < 0 || delete.partition() == row.partition())
        && delete.timestamp() > row.timestamp();
  }
}
