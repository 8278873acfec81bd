package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.testkit.Golden;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportRecordsTest {
  private static ByteString job(int id) {
    return ByteString.copyFrom(
        Golden.of("milvus-2.5.txt").value("by-dev/meta/datacoord-meta/import-job/" + id));
  }

  @Test
  void jobOf25ThatIsCompleteTellsItsCollectionAndFiles() throws Exception {
    assertThat(ImportRecords.job(job(4001)))
        .contains(
            new BulkImport(
                4001,
                2001,
                Instant.parse("2025-01-25T10:13:20Z"),
                List.of("in/1.parquet", "in/2.json")));
  }

  /** Read from the etcd of a running Milvus. */
  @Test
  void taskOf23ThatIsCompleteTellsItsCollectionAndFile() throws Exception {
    byte[] task =
        Golden.of("milvus-2.3.5-import.txt").value("by-dev/meta/importtask/470720650061112866");

    BulkImport told = ImportRecords.task(ByteString.copyFrom(task)).orElseThrow();

    assertThat(told.id()).isEqualTo(470720650061112866L);
    assertThat(told.collectionId()).isEqualTo(470720650061112801L);
    assertThat(told.at()).isEqualTo(Instant.parse("2026-11-26T02:14:32Z"));
    assertThat(told.files()).singleElement().asString().endsWith("/in/books.json");
  }

  @Test
  void jobThatIsUnderWayHasNoRowsToShowYet() throws Exception {
    assertThat(ImportRecords.job(job(4002))).isEmpty();
  }
}
