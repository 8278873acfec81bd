package io.milvus.cdc.internal.segments;

import static io.milvus.cdc.internal.segments.MapKeys.META;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.proto.meta.Binlog;
import io.milvus.cdc.proto.meta.FieldBinlog;
import io.milvus.cdc.proto.meta.SegmentInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentFilesTest {
  private static final Segment SEGMENT =
      new Segment(
          SegmentInfo.newBuilder().setId(700).setCollectionId(7).setPartitionId(70).build());

  private final MapKeys etcd = new MapKeys();

  private static Binlog log(long id, long rows, long from, long to) {
    return Binlog.newBuilder()
        .setLogId(id)
        .setEntriesNum(rows)
        .setTimestampFrom(from)
        .setTimestampTo(to)
        .setLogSize(10 * rows)
        .build();
  }

  private void column(long field, Binlog... logs) {
    etcd.put(
        "datacoord-meta/binlog/7/70/700/" + field,
        FieldBinlog.newBuilder().setFieldId(field).addAllBinlogs(List.of(logs)).build());
  }

  private void deletes(Binlog... logs) {
    etcd.put(
        "datacoord-meta/deltalog/7/70/700/0",
        FieldBinlog.newBuilder().addAllBinlogs(List.of(logs)).build());
  }

  private SegmentFiles read() throws Exception {
    return new FileRecords(etcd, META, 1).of(SEGMENT);
  }

  @Test
  void filesOfTheSameRowsBelongTogether() throws Exception {
    column(1, log(11, 5, 100, 200), log(21, 3, 201, 300));
    column(100, log(12, 5, 100, 200), log(22, 3, 201, 300));
    deletes(log(31, 1, 150, 150));

    SegmentFiles files = read();
    assertThat(files.groups()).hasSize(2);
    assertThat(files.groups().get(1).get(100L).path()).isEqualTo("insert_log/7/70/700/100/22");
    assertThat(files.deletes())
        .containsExactly(new LogFile(31, "delta_log/7/70/700/31", 1, 150, 150, 10));
    List<Part> parts = Part.of(SEGMENT, files);
    assertThat(parts.stream().mapToLong(Part::rows).sum()).isEqualTo(8);
    assertThat(parts.stream().mapToLong(Part::bytes).sum()).isEqualTo(160);
  }

  @Test
  void fileThatIsListedTwiceIsReadOnce() throws Exception {
    column(1, log(21, 3, 201, 300), log(11, 5, 100, 200), log(11, 5, 100, 200));
    column(100, log(22, 3, 201, 300), log(12, 5, 100, 200));

    assertThat(read().groups()).extracting(group -> group.get(100L).id()).containsExactly(12L, 22L);
  }

  @Test
  void columnsWithDifferentRowsAreRefused() {
    column(1, log(11, 5, 100, 200));
    column(100, log(12, 4, 100, 200));

    assertThatThrownBy(this::read)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("segment 700")
        .hasMessageContaining("field 100");
  }

  @Test
  void columnThatLacksAFileIsRefused() {
    column(1, log(11, 5, 100, 200), log(21, 3, 201, 300));
    column(100, log(12, 5, 100, 200));

    assertThatThrownBy(this::read).isInstanceOf(SourceException.class);
  }

  @Test
  void recordOfAnOldVersionHasItsFilesInside() throws Exception {
    FieldBinlog inside =
        FieldBinlog.newBuilder()
            .setFieldId(1)
            .addBinlogs(Binlog.newBuilder().setLogPath("files/insert_log/7/70/700/1/44"))
            .build();
    Segment old = new Segment(SEGMENT.info().toBuilder().addBinlogs(inside).build());

    assertThat(new FileRecords(etcd, META, 1).of(old).groups().get(0).get(1L).path())
        .isEqualTo("insert_log/7/70/700/1/44");
  }

  @Test
  void partWithoutTimestampsIsRefused() throws Exception {
    column(100, log(12, 5, 100, 200));
    SegmentFiles files = read();

    assertThatThrownBy(() -> Part.of(SEGMENT, files))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("Segment 700 has no file of timestamps");
  }
}
