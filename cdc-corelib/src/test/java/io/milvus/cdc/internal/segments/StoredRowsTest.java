package io.milvus.cdc.internal.segments;

import static io.milvus.cdc.internal.segments.StoredSource.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.internal.binlog.WrittenFiles;
import io.milvus.cdc.internal.segments.StoredSource.Read;
import io.milvus.cdc.internal.segments.StoredSource.Row;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.sources.ExistingRows.Amount;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Span;
import io.milvus.cdc.testkit.Golden;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.SegmentState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import milvus.proto.msg.Msg.MsgPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRowsTest {
  private static final long MEMORY = 1 << 20;

  /** Of files with some rows: each has the size of a window. */
  private static final long LARGE = 40_000;

  @TempDir Path directory;

  private Path spill;
  private StoredSource source;

  @BeforeEach
  void open() {
    spill = directory.resolve("spill");
    source = new StoredSource(directory);
  }

  private static List<Row> rows(long from, long to) {
    return LongStream.range(from, to).mapToObj(i -> new Row(i, i)).toList();
  }

  private List<Row> read(Span span) throws Exception {
    return StoredRowsPropertyTest.sorted(source.read(spill, MEMORY, span));
  }

  private List<Row> read() throws Exception {
    return read(new Span(0, 1000, 1000));
  }

  private void refused(String words) {
    assertThatThrownBy(this::read).isInstanceOf(SourceException.class).hasMessageContaining(words);
  }

  @Test
  void eventNamesItsPlaceAndItsChannel() throws Exception {
    source.part(1, rows(10, 20));
    try (StoredRows rows = source.open(spill, MEMORY);
        var reading = rows.read(new Span(14, 1000, 1000), List.of(source.collection()))) {
      assertThat(reading.left().rows()).isEqualTo(5);
      Batch batch = reading.next();
      assertThat(batch.upTo()).isEqualTo(1000);
      assertThat(batch.rows()).hasSize(1);
      Insert insert = batch.rows().get(0);
      assertThat(insert.header().position().text()).isEqualTo("stored:1/1002/5");
      assertThat(insert.header().channel()).isEqualTo(StoredSource.CHANNEL);
      assertThat(insert.header().shard()).isEqualTo(StoredSource.SHARD);
      assertThat(insert.header().collectionId()).isEqualTo(7);
      assertThat(insert.header().partitionId()).isEqualTo(PARTITION);
      assertThat(insert.header().timestamp()).isEqualTo(19);
      assertThat(insert.header().messageId()).isZero();
      assertThat(StoredSource.rows(insert)).isEqualTo(rows(15, 20));
      assertThat(reading.left()).isEqualTo(Amount.NONE);
      assertThat(reading.next()).isNull();
    }
  }

  @Test
  void anEmptySourceHasOneEmptyBatch() throws Exception {
    assertThat(source.read(spill, MEMORY, new Span(5, 9, 9)))
        .containsExactly(new Read(List.of(), 9, 0));
    assertThat(source.read(spill, MEMORY, new Span(9, 9, 9))).isEmpty();
  }

  @Test
  void rowsAboveTheSpanAreNotRead() throws Exception {
    source.part(1, rows(1, 50));
    source.part(2, rows(50, 90));

    assertThat(read(new Span(10, 60, 80))).isEqualTo(rows(11, 61));
  }

  @Test
  void deletesUpToTheCutCountAlsoIfTheRecordLostThem() throws Exception {
    source.part(1, rows(1, 6));
    source.deletes(1, true, List.of(new Row(1, 2), new Row(2, 2), new Row(3, 1001)));
    source.deletes(1, false, List.of(new Row(4, 1000)));

    // A row survives a delete of its own time, as in an upsert.
    assertThat(read()).extracting(Row::key).containsExactly(2L, 3L, 5L);
  }

  @Test
  void segmentsOfOtherPartitionsAndShardsAreLeftOut() throws Exception {
    source.part(1, rows(1, 3));
    source.segment(2).setPartitionId(71);
    source.part(2, rows(3, 5));
    source.segment(3).setPartitionId(72);
    source.part(3, rows(5, 7));
    source.segment(4).setInsertChannel("by-dev-rootcoord-dml_0_8v0");
    source.part(4, rows(7, 9));

    assertThat(read()).isEqualTo(rows(1, 3));
  }

  @Test
  void unsortedRowsOfOneLargePartComeInManyBatches() throws Exception {
    List<Row> all = new ArrayList<>(rows(1, 900));
    Collections.shuffle(all, new java.util.Random(1));
    source.factor = 10 * LARGE;
    source.part(1, all);

    List<Read> batches = source.read(spill, 0, new Span(0, 1000, 1000));
    assertThat(StoredRowsPropertyTest.sorted(batches)).isEqualTo(rows(1, 900));
    assertThat(batches.size()).isGreaterThan(20);
  }

  @Test
  void aBurstInOneOfManyYearsIsDivided() throws Exception {
    long year = 1L << 52;
    List<Row> burst = LongStream.range(0, 900).mapToObj(i -> new Row(i, year + i)).toList();
    List<Row> all = new ArrayList<>(burst);
    all.add(new Row(1000, 2 * year));
    source.factor = 10 * LARGE;
    source.part(1, all);

    List<Read> batches = source.read(spill, MEMORY, new Span(0, 3 * year, 3 * year));
    assertThat(StoredRowsPropertyTest.sorted(batches)).isEqualTo(all);
    assertThat(batches.size()).isGreaterThan(20);
    assertThat(batches).allMatch(batch -> batch.rows().size() < 100);
  }

  @Test
  void rowsOfOneTimestampAreOneBatch() throws Exception {
    source.factor = 10 * LARGE;
    for (long segment = 1; segment < 9; segment++) {
      long first = 100 * segment;
      source.part(
          segment, LongStream.range(first, first + 100).mapToObj(i -> new Row(i, 500)).toList());
    }

    List<Read> batches = source.read(spill, 5000, new Span(0, 1000, 1000));
    assertThat(batches).hasSize(2);
    assertThat(batches.get(0).rows()).hasSize(800);
    assertThat(batches.get(0).upTo()).isEqualTo(500);
    assertThat(batches.get(1)).isEqualTo(new Read(List.of(), 1000, 0));
  }

  @Test
  void compactionBetweenTwoReadingsLosesAndRepeatsNoRow() throws Exception {
    source.factor = LARGE;
    source.part(1, rows(1, 500));
    source.part(2, rows(300, 900));
    List<Row> all = new ArrayList<>();
    all.addAll(rows(1, 500));
    all.addAll(rows(300, 900));
    List<Row> expected = all.stream().sorted(java.util.Comparator.comparing(Row::time)).toList();
    List<Row> read = new ArrayList<>();
    long done;
    try (StoredRows rows = source.open(spill, MEMORY);
        var reading = rows.read(new Span(0, 1000, 1000), List.of(source.collection()))) {
      read.addAll(StoredSource.checked(reading.next(), 0).rows());
      Batch second = reading.next();
      read.addAll(StoredSource.checked(second, 0).rows());
      done = second.upTo();
    }
    source.segment(3).addCompactionFrom(1).addCompactionFrom(2);
    source.part(3, all);
    source.replaced(1, 2);
    source.collect(1);
    source.collect(2);

    assertThat(read.size()).isBetween(1, 1000);
    read.addAll(read(new Span(done, 1000, 1000)));
    assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void filesThatVanishWhileTheyAreReadAreFoundInTheirSuccessor() throws Exception {
    source.factor = LARGE;
    source.part(1, rows(1, 500));
    source.part(1, rows(500, 900));
    List<Row> read = new ArrayList<>();
    try (StoredRows rows = source.open(spill, MEMORY);
        var reading = rows.read(new Span(0, 1000, 1000), List.of(source.collection()))) {
      Batch first = reading.next();
      read.addAll(StoredSource.checked(first, 0).rows());
      assertThat(first.upTo()).isLessThan(500);
      source.segment(2).addCompactionFrom(1);
      source.part(2, rows(1, 900));
      source.replaced(1);
      source.collect(1);
      StoredSource.rest(reading, first.upTo()).forEach(batch -> read.addAll(batch.rows()));
    }
    assertThat(read).isEqualTo(rows(1, 900));
  }

  @Test
  void filesThatStayAwayAreNamed() throws Exception {
    source.part(1, rows(1, 500));
    source.store();
    source.collect(1);

    assertThatThrownBy(this::read)
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("insert_log/7/70/1/")
        .hasMessageContaining("Pause the source's garbage collection");
  }

  @Test
  void aCompactionThatIsHalfRecordedIsWaitedFor() throws Exception {
    source.part(1, rows(1, 5));
    source.segment(2).addCompactionFrom(1);
    source.part(2, rows(1, 5));
    int[] tries = {0};
    source.etcd.onRevision =
        () -> {
          if (++tries[0] == 3) {
            source.replaced(1);
          }
        };

    assertThat(read()).isEqualTo(rows(1, 5));
    assertThat(tries[0]).isEqualTo(3);
  }

  @Test
  void aSegmentIsWaitedForThatReplacesAnotherAndIsRecordedLater() throws Exception {
    source.part(2, rows(1, 5));
    source.segment(2).setState(SegmentState.NotExist);
    source.replacedNow(1);
    int[] tries = {0};
    source.etcd.onRevision =
        () -> {
          if (++tries[0] == 3) {
            source.segment(2).setState(SegmentState.Flushed).addCompactionFrom(1);
            source.store();
          }
        };

    assertThat(read()).isEqualTo(rows(1, 5));
    assertThat(tries[0]).isEqualTo(3);
  }

  /** As when a source compacts and collects garbage each second. */
  @Test
  void aSegmentIsNotWaitedForThatWasReplacedAndCollectedItself() throws Exception {
    source.replacedNow(1);
    source.segment(3).addCompactionFrom(2);
    source.part(3, rows(1, 5));

    assertThat(read()).isEqualTo(rows(1, 5));
  }

  @Test
  void aCompactionThatStaysHalfRecordedIsNamed() throws Exception {
    source.part(1, rows(1, 5));
    source.segment(2).addCompactionFrom(1);
    source.part(2, rows(1, 5));
    refused("Segment 2 has replaced segment 1, which still exists.");

    source.replaced(1);
    source.segment(2).setNumOfRows(99);
    refused("Segment 2 has 99 rows, but files of 4.");
  }

  @Test
  void packedFilesAreRefused() throws Exception {
    source.part(1, rows(1, 5));
    source.segment(1).setStorageVersion(2);

    refused("Segment 1 is stored in packed files, in storage version 2.");
  }

  @Test
  void timesOfAnImportAreReadFromTheRows() throws Exception {
    source.factor = LARGE;
    source.part(1, rows(1, 500), 900, 900);
    source.part(2, rows(500, 700), 0, 0);

    assertThat(read()).isEqualTo(rows(1, 700));
  }

  @Test
  void rowsThatAreOlderThanTheirRecordAreNotLostInSilence() throws Exception {
    source.factor = LARGE;
    source.part(1, rows(1, 500));
    source.part(2, rows(1, 900), 800, 900);

    refused("Segment 2 has older rows than its record says.");
  }

  @Test
  void theDynamicFieldHasTheIdThatIsLeft() throws Exception {
    source.part(1, rows(1, 3));
    source.file(1, 102, 2, 1, 2, WrittenFiles.texts(1, 102, List.of("{\"a\":1}", "{}")));
    refused("and the collection has other fields");
    source.schema = dynamic(source.schema);
    try (StoredRows rows = source.open(spill, MEMORY);
        var reading = rows.read(new Span(0, 9, 9), List.of(source.collection()))) {
      byte[] message = reading.next().rows().get(0).payload().bytes();
      assertThat(InsertColumns.parse(message).value("$meta", 0)).isEqualTo("{\"a\":1}");
    }
  }

  /** Of a full-text search. No message of a 2.5 has it, and the target computes it, too. */
  @Test
  void aFieldThatMilvusComputesIsNotSent() throws Exception {
    source.part(1, rows(1, 3));
    source.file(1, 102, 2, 1, 2, WrittenFiles.texts(1, 102, List.of("any", "bytes")));
    FieldSchema output =
        FieldSchema.parseFrom(
            Golden.of("milvus-2.5.txt").value("by-dev/meta/root-coord/fields/2001/102"));
    assertThat(output.getIsFunctionOutput()).isTrue();
    source.schema = changed(source.schema, schema -> schema.addFields(output));
    try (StoredRows rows = source.open(spill, MEMORY);
        var reading = rows.read(new Span(0, 9, 9), List.of(source.collection()))) {
      byte[] message = reading.next().rows().get(0).payload().bytes();
      assertThat(InsertColumns.parse(message).names()).containsExactly("id", "vector");
    }
  }

  private static CollectionSchema dynamic(CollectionSchema schema) throws Exception {
    return changed(schema, all -> all.setEnableDynamicField(true));
  }

  private static CollectionSchema changed(
      CollectionSchema schema, Consumer<io.milvus.grpc.CollectionSchema.Builder> change)
      throws Exception {
    var all =
        io.milvus.grpc.CollectionSchema.parseFrom(Base64.getDecoder().decode(schema.encoded()))
            .toBuilder();
    change.accept(all);
    return new CollectionSchema(
        Base64.getEncoder().encodeToString(all.build().toByteArray()),
        schema.primaryKeyField(),
        false);
  }

  @Test
  void cutAndCheckpointsComeFromTheRecords() throws Exception {
    source.etcd.put("by-dev/kv/gid/timestamp", java.nio.ByteBuffer.allocate(8).putLong(7).array());
    source.etcd.put(
        "datacoord-meta/channel-cp/" + StoredSource.SHARD,
        MsgPosition.newBuilder().setTimestamp(99).build());
    try (StoredRows rows = source.open(spill, MEMORY)) {
      assertThat(rows.cut()).isZero();
      assertThat(rows.behind(99, List.of(source.collection()))).isEmpty();
      assertThat(rows.behind(100, List.of(source.collection())))
          .isEqualTo(Map.of(StoredSource.SHARD, 99L));
    }
  }

  @Test
  void whatIsLeftShrinksToNothing() throws Exception {
    source.factor = LARGE;
    source.part(1, rows(1, 500));
    source.part(2, rows(400, 1200));
    try (StoredRows rows = source.open(spill, MEMORY);
        var reading = rows.read(new Span(0, 1000, 1000), List.of(source.collection()))) {
      Amount left = reading.left();
      assertThat(left.rows()).isEqualTo(499 + 601);
      assertThat(left.bytes()).isPositive();
      while (reading.next() != null) {
        Amount less = reading.left();
        assertThat(less.rows()).isLessThan(left.rows());
        assertThat(less.bytes()).isLessThan(left.bytes());
        left = less;
      }
      assertThat(left).isEqualTo(Amount.NONE);
    }
  }
}
