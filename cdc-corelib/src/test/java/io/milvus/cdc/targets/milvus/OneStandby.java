package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import io.milvus.cdc.PasswordSource;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgHeader;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.ReplicateMessageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/** A fake standby, a session on it, and the shortest words for what tests do with them. */
final class OneStandby implements AutoCloseable {
  static final long T = Timestamps.ofMillis(1000);
  static final CollectionEntry BOOKS = Entries.collection(1, "books", T, "s-dml_0", "s-dml_1");

  final FakeMilvus milvus = new FakeMilvus();
  final StandbyClocks clocks = new StandbyClocks();
  private final List<StandbySession> sessions = new ArrayList<>();
  @Nullable Secret token;
  PasswordSource passwords = PasswordSource.NONE;
  StandbySession session = open("", 0);

  /** A session that begins where an earlier one left a state and a ceiling. */
  StandbySession open(String sessionState, long ceiling) {
    return open(clocks, sessionState, ceiling);
  }

  StandbySession open(StandbyClocks shared, String sessionState, long ceiling) {
    return open(
        shared, sessionState, ceiling, Timestamps.instant(T).plusSeconds(1000 + sessions.size()));
  }

  StandbySession open(StandbyClocks shared, String sessionState, long ceiling, Instant now) {
    MilvusEndpoint endpoint = MilvusEndpoint.at(milvus.uri());
    TargetSettings settings =
        new TargetSettings(
            token == null ? endpoint : endpoint.token(token.value()),
            Duration.ofSeconds(20),
            passwords,
            null,
            false);
    InstantSource time = InstantSource.fixed(now);
    StandbySession opened;
    try {
      opened =
          StandbySession.open(settings, shared, SessionState.parse(sessionState), ceiling, time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    sessions.add(opened);
    session = opened;
    return opened;
  }

  static DataEvent insert(CollectionEntry to, int shard, long timestamp, Long... keys) {
    byte[] body =
        Messages.insert(to.shards().get(shard), to.id(), 10 * to.id(), timestamp, keys)
            .toByteArray();
    return new Insert(header(to, shard, 10 * to.id(), timestamp, keys.length), Payload.of(body));
  }

  static DataEvent delete(CollectionEntry from, int shard, long timestamp, Long... keys) {
    byte[] body =
        Messages.delete(from.shards().get(shard), from.id(), -1, timestamp, keys).toByteArray();
    return new Delete(header(from, shard, -1, timestamp, keys.length), Payload.of(body));
  }

  private static RowsHeader header(
      CollectionEntry of, int shard, long partition, long timestamp, int rows) {
    return new RowsHeader(
        of.channels().get(shard),
        new Position("1:1"),
        timestamp,
        of.id(),
        partition,
        of.shards().get(shard),
        rows,
        0);
  }

  void create(CollectionEntry collection) throws InterruptedException {
    session.apply(
        new SchemaEvent.CreateCollection(collection.createdAt(), Entries.DEFAULT, collection));
  }

  void send(DataEvent... events) throws InterruptedException {
    send(Round.Kind.FIRST, events);
  }

  void replay(DataEvent... events) throws InterruptedException {
    send(Round.Kind.REPLAY, events);
  }

  private void send(Round.Kind kind, DataEvent... events) throws InterruptedException {
    long upTo = events[events.length - 1].timestamp();
    try (Delivery delivery = session.prepare(new Round(List.of(events), upTo, kind))) {
      delivery.send();
    }
  }

  /** The target's channel of one of the shards of {@link #BOOKS}. */
  String channel(int shard) {
    String name = milvus.catalog().get("default", "books").shards().get(shard);
    return name.substring(0, name.lastIndexOf('_'));
  }

  /** What was sent to a channel, in order. */
  List<ByteString> sent(@Nullable String channel) {
    List<ByteString> all = new ArrayList<>();
    for (ReplicateMessageRequest request : milvus.replicated()) {
      if (channel == null || request.getChannelName().equals(channel)) {
        all.addAll(request.getMsgsList());
      }
    }
    return all;
  }

  static MsgBase base(ByteString message) {
    try {
      return MsgHeader.parseFrom(message).getBase();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  List<Long> stamps(String channel, MsgType type) {
    return sent(channel).stream()
        .map(OneStandby::base)
        .filter(base -> base.getMsgType() == type)
        .map(MsgBase::getTimestamp)
        .toList();
  }

  List<Msg.InsertRequest> inserts() throws Exception {
    List<Msg.InsertRequest> found = new ArrayList<>();
    for (ByteString message : sent(null)) {
      if (base(message).getMsgType() == MsgType.Insert) {
        found.add(Msg.InsertRequest.parseFrom(message));
      }
    }
    return found;
  }

  List<Msg.DeleteRequest> deletes() throws Exception {
    List<Msg.DeleteRequest> found = new ArrayList<>();
    for (ByteString message : sent(null)) {
      if (base(message).getMsgType() == MsgType.Delete) {
        found.add(Msg.DeleteRequest.parseFrom(message));
      }
    }
    return found;
  }

  @Override
  public void close() {
    sessions.forEach(StandbySession::close);
    milvus.close();
  }
}
