package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.PasswordSource;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.FakeTable;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A fake Milvus that is no standby, a session on it, and the shortest words for both. */
final class OneClientTarget implements AutoCloseable {
  static final long T = OneStandby.T;
  static final long DEFAULT = 10;
  static final long SPRING = 11;

  /** Two shards, two partitions, and rows with a version. */
  static final CollectionEntry BOOKS = books(false);

  /** The same where Milvus chooses the partitions. */
  static final CollectionEntry KEYED = books(true);

  final FakeMilvus milvus = new FakeMilvus().ordinary();
  final TargetKind kind;
  ClientWriteSession session;
  private final InstantSource time;

  OneClientTarget(String version, InstantSource time) {
    this.kind = new TargetKind(version);
    this.time = time;
    this.session = open("");
  }

  OneClientTarget(String version) {
    this(version, InstantSource.system());
  }

  OneClientTarget() {
    this("2.3.5");
  }

  private static CollectionEntry books(boolean partitionKey) {
    CollectionSchema schema =
        Entries.encoded(
            Entries.milvusSchema("books").toBuilder()
                .addFields(
                    FieldSchema.newBuilder()
                        .setFieldID(102)
                        .setName("version")
                        .setIsPartitionKey(partitionKey)
                        .setDataType(DataType.Int64))
                .build(),
            partitionKey);
    return Entries.with(Entries.collection(1, "books", T, "s-dml_0", "s-dml_1"), schema)
        .withPartitions(
            Map.of(
                DEFAULT,
                new PartitionEntry(DEFAULT, "_default", T, 0),
                SPRING,
                new PartitionEntry(SPRING, "spring", T, 0)));
  }

  /** Closes the session and opens one that knows what this one left in a checkpoint. */
  ClientWriteSession open(String sessionState) {
    if (session != null) {
      session.close();
    }
    TargetSettings settings =
        new TargetSettings(
            MilvusEndpoint.at(milvus.uri()),
            Duration.ofSeconds(20),
            PasswordSource.NONE,
            null,
            false);
    session =
        new ClientWriteSession(
            settings,
            TargetRpc.connect(settings),
            kind,
            SessionState.parse(sessionState),
            time,
            new Patience(time, 2));
    return session;
  }

  void create(CollectionEntry collection) throws InterruptedException {
    session.apply(
        new SchemaEvent.CreateCollection(collection.createdAt(), Entries.DEFAULT, collection));
    for (PartitionEntry partition : collection.partitions().values()) {
      if (!collection.schema().partitionKey()) {
        session.apply(new SchemaEvent.CreatePartition(T, Entries.DEFAULT, collection, partition));
      }
    }
  }

  List<Refused> send(DataEvent... events) throws InterruptedException {
    long upTo = events[events.length - 1].timestamp();
    try (Delivery delivery = session.prepare(new Round(List.of(events), upTo, Round.Kind.FIRST))) {
      return delivery.send();
    }
  }

  static DataEvent insert(int shard, long partition, long version, Long... keys) {
    byte[] body =
        Messages.insert(BOOKS.shards().get(shard), 1, partition, T + version, keys).toBuilder()
            .addFieldsData(
                Messages.integers("version", 102, Collections.nCopies(keys.length, version)))
            .build()
            .toByteArray();
    return new Insert(header(shard, partition, T + version, keys.length), Payload.of(body));
  }

  /** Removes keys; partition -1 for all of them. */
  static DataEvent delete(int shard, long partition, long version, Long... keys) {
    byte[] body =
        Messages.delete(BOOKS.shards().get(shard), 1, partition, T + version, keys).toByteArray();
    return new Delete(header(shard, partition, T + version, keys.length), Payload.of(body));
  }

  static RowsHeader header(int shard, long partition, long timestamp, int rows) {
    return new RowsHeader(
        BOOKS.channels().get(shard),
        new Position("1:" + timestamp),
        timestamp,
        1,
        partition,
        BOOKS.shards().get(shard),
        rows,
        0);
  }

  FakeTable table() {
    return milvus.table();
  }

  Map<String, Long> rows(String partition) {
    return table().rows("default", "books", partition);
  }

  static Long[] keys(long from, long to) {
    Long[] keys = new Long[(int) (to - from)];
    Arrays.setAll(keys, i -> from + i);
    return keys;
  }

  @Override
  public void close() {
    session.close();
    milvus.close();
  }
}
