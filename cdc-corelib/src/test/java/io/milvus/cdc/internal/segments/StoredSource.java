package io.milvus.cdc.internal.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.internal.binlog.WrittenFiles;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.internal.storage.StoredObject;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.internal.wire.MessageWriter;
import io.milvus.cdc.internal.wire.WrittenField;
import io.milvus.cdc.proto.meta.Binlog;
import io.milvus.cdc.proto.meta.FieldBinlog;
import io.milvus.cdc.proto.meta.SegmentInfo;
import io.milvus.cdc.proto.meta.SegmentLevel;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Reading;
import io.milvus.cdc.sources.ExistingRows.Span;
import io.milvus.grpc.SegmentState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import milvus.proto.msg.Msg;

/** The records and files of a source with one collection, in memory and in a directory. */
final class StoredSource {
  static final long COLLECTION = 7;
  static final long PARTITION = 70;
  static final String CHANNEL = "by-dev-rootcoord-dml_0";
  static final String SHARD = CHANNEL + "_7v0";
  private static final int DIMENSION = 4;

  final MapKeys etcd = new MapKeys();
  final Path root;
  private final Map<String, List<Binlog>> lists = new TreeMap<>();
  private final Map<Long, SegmentInfo.Builder> segments = new TreeMap<>();
  CollectionSchema schema =
      MessageWriter.schema(
          "docs",
          List.of(
              new WrittenField("id", "Int64", "", 0, true),
              new WrittenField("vector", "FloatVector", "", DIMENSION, false)));

  /** How much larger files are said to be than they are. */
  long factor = 1;

  boolean local = true;
  private long latest = 1000;

  StoredSource(Path root) {
    this.root = root;
  }

  record Row(long key, long time) {}

  /** Records a segment with rows, or changes its record. */
  SegmentInfo.Builder segment(long id) {
    return segments.computeIfAbsent(
        id,
        any ->
            SegmentInfo.newBuilder()
                .setId(id)
                .setCollectionId(COLLECTION)
                .setPartitionId(PARTITION)
                .setInsertChannel(SHARD)
                .setState(SegmentState.Flushed));
  }

  void store() {
    segments.forEach((id, info) -> etcd.put("datacoord-meta/s/" + path(id), info.build()));
    lists.forEach(
        (key, logs) ->
            etcd.put(
                key,
                FieldBinlog.newBuilder()
                    .setFieldId(Long.parseLong(key.substring(key.lastIndexOf('/') + 1)))
                    .addAllBinlogs(logs)
                    .build()));
  }

  private String path(long segment) {
    return "%d/%d/%d".formatted(COLLECTION, segment(segment).getPartitionId(), segment);
  }

  /** Writes the next file of each column. */
  void part(long segment, List<Row> rows) throws IOException {
    long from = rows.stream().mapToLong(Row::time).min().orElseThrow();
    long to = rows.stream().mapToLong(Row::time).max().orElseThrow();
    part(segment, rows, from, to);
  }

  void part(long segment, List<Row> rows, long from, long to) throws IOException {
    segment(segment).setNumOfRows(segment(segment).getNumOfRows() + rows.size());
    List<Long> keys = rows.stream().map(Row::key).toList();
    file(segment, 0, rows.size(), from, to, WrittenFiles.longs(segment, 0, keys));
    file(
        segment,
        1,
        rows.size(),
        from,
        to,
        WrittenFiles.longs(segment, 1, rows.stream().map(Row::time).toList()));
    file(segment, 100, rows.size(), from, to, WrittenFiles.longs(segment, 100, keys));
    List<byte[]> vectors = keys.stream().map(StoredSource::vector).toList();
    file(segment, 101, rows.size(), from, to, WrittenFiles.bytes(segment, 101, vectors));
  }

  void file(long segment, long field, int rows, long from, long to, ByteBuffer bytes)
      throws IOException {
    long id = ++latest;
    write("insert_log/%s/%d/%d".formatted(path(segment), field, id), bytes);
    list(
        "datacoord-meta/binlog/%s/%d".formatted(path(segment), field),
        Binlog.newBuilder()
            .setLogId(id)
            .setEntriesNum(rows)
            .setTimestampFrom(from)
            .setTimestampTo(to)
            .setLogSize(bytes.remaining() * factor)
            .build());
  }

  private void list(String key, Binlog log) {
    lists.computeIfAbsent(key, any -> new ArrayList<>()).add(log);
  }

  private static byte[] vector(long key) {
    return ByteBuffer.allocate(DIMENSION * Float.BYTES).putLong(key).array();
  }

  /** Writes a file of deletes. */
  void deletes(long segment, boolean recorded, List<Row> deletes) throws IOException {
    List<String> texts =
        deletes.stream()
            .map(row -> "{\"pk\":%d,\"ts\":%d,\"pkType\":5}".formatted(row.key(), row.time()))
            .toList();
    long id = ++latest;
    write("delta_log/%s/%d".formatted(path(segment), id), WrittenFiles.deletes(texts));
    if (recorded) {
      list(
          "datacoord-meta/deltalog/%s/0".formatted(path(segment)),
          Binlog.newBuilder().setLogId(id).setEntriesNum(deletes.size()).build());
    }
  }

  /** Makes a segment one that holds deletes only. */
  void levelZero(long segment, long partition) {
    segment(segment).setLevel(SegmentLevel.SEGMENT_LEVEL_L0).setPartitionId(partition);
  }

  void write(String name, ByteBuffer bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] all = new byte[bytes.remaining()];
    bytes.duplicate().get(all);
    Files.write(file, all);
  }

  /** Records that a compaction has replaced a segment. */
  void replaced(long... ids) {
    for (long id : ids) {
      segment(id).setState(SegmentState.Dropped).setCompacted(true).setDroppedAt(1);
    }
    store();
  }

  /** Records that a compaction has replaced a segment a moment ago. */
  void replacedNow(long id) {
    replaced(id);
    segment(id).setDroppedAt(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    store();
  }

  /** Deletes the files of a segment, as the source's garbage collection does. */
  void collect(long id) {
    try (var files = Files.walk(root.resolve("insert_log/" + path(id)))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CollectionEntry collection() {
    return CollectionEntry.builder(COLLECTION, 1, "docs", 1, schema)
        .shards(List.of(SHARD))
        .partitions(
            Map.of(
                PARTITION,
                new PartitionEntry(PARTITION, "_default", 1, 0),
                71L,
                new PartitionEntry(71, "gone", 1, 99)))
        .build();
  }

  StoredRows open(Path spill, long memory) {
    store();
    ObjectStorage storage = ObjectStorage.open(new DirectoryEndpoint(root));
    StoredParts parts =
        new StoredParts(
            etcd, MapKeys.META, local ? storage : new Distant(storage), Duration.ofMillis(1));
    return new StoredRows("by-dev", parts, memory, spill);
  }

  /** Reads all batches, and checks each. */
  List<Read> read(Path spill, long memory, Span span) throws Exception {
    try (StoredRows rows = open(spill, memory);
        var reading = rows.read(span, List.of(collection()))) {
      return rest(reading, span.after());
    }
  }

  /** A batch whose rows were read. */
  record Read(List<Row> rows, long upTo, int messages) {}

  static List<Read> rest(Reading reading, long after) throws Exception {
    List<Read> all = new ArrayList<>();
    long before = after;
    for (Batch batch = reading.next(); batch != null; batch = reading.next()) {
      all.add(checked(batch, before));
      before = batch.upTo();
    }
    assertThat(reading.next()).isNull();
    return all;
  }

  static Read checked(Batch batch, long before) throws IOException {
    List<Row> rows = new ArrayList<>();
    long newest = before;
    assertThat(batch.upTo()).isGreaterThan(before);
    for (Insert insert : batch.rows()) {
      List<Row> some = rows(insert);
      assertThat(some).allMatch(row -> row.time() > before && row.time() <= batch.upTo());
      assertThat(insert.header().timestamp())
          .isEqualTo(some.stream().mapToLong(Row::time).max().orElseThrow())
          .isGreaterThanOrEqualTo(newest);
      newest = insert.header().timestamp();
      rows.addAll(some);
    }
    return new Read(rows, batch.upTo(), batch.rows().size());
  }

  static List<Row> rows(Insert insert) throws IOException {
    byte[] bytes = insert.payload().bytes();
    assertThat(bytes).hasSize(insert.payload().size());
    Msg.InsertRequest message = Msg.InsertRequest.parseFrom(bytes);
    InsertColumns columns = InsertColumns.parse(bytes);
    assertThat(insert.header().rows()).isEqualTo(columns.rows());
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < columns.rows(); row++) {
      rows.add(new Row((Long) columns.value("id", row), message.getTimestamps(row)));
    }
    return rows;
  }

  /** A storage on another machine. */
  record Distant(ObjectStorage storage) implements ObjectStorage {
    @Override
    public List<StoredObject> list(String folder) throws InterruptedException {
      return storage.list(folder);
    }

    @Override
    public List<String> folders(String folder) throws InterruptedException {
      return storage.folders(folder);
    }

    @Override
    public long size(String name) throws InterruptedException {
      return storage.size(name);
    }

    @Override
    public ByteBuffer read(String name) throws InterruptedException {
      return storage.read(name);
    }

    @Override
    public ByteBuffer read(String name, long offset, int length) throws InterruptedException {
      return storage.read(name, offset, length);
    }

    @Override
    public boolean isLocal() {
      return false;
    }

    @Override
    public void close() {
      storage.close();
    }
  }
}
