package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.proto.meta.ImportFile;
import io.milvus.cdc.proto.meta.ImportJob;
import io.milvus.cdc.proto.meta.ImportJobState;
import io.milvus.cdc.proto.meta.ImportTask;
import io.milvus.grpc.ImportState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Reads Milvus's records of bulk imports, which it retains for a while. Milvus 2.3 has them below
 * {@code importtask/} for a day (internal/rootcoord/import_manager.go). 2.4 and 2.5 have them below
 * {@code datacoord-meta/import-job/} for three hours (internal/metastore/kv/datacoord). Only
 * complete imports have visible rows.
 */
final class ImportRecords {
  static final String TASKS = "importtask/";
  static final String JOBS = "datacoord-meta/import-job/";

  private ImportRecords() {}

  static Optional<BulkImport> task(ByteString value) throws InvalidProtocolBufferException {
    ImportTask task = ImportTask.parseFrom(value);
    return task.getState().getCode() == ImportState.ImportCompleted
        ? Optional.of(
            new BulkImport(
                task.getId(),
                task.getCollectionId(),
                Instant.ofEpochSecond(task.getCreateTime()),
                task.getFilesList()))
        : Optional.empty();
  }

  static Optional<BulkImport> job(ByteString value) throws InvalidProtocolBufferException {
    ImportJob job = ImportJob.parseFrom(value);
    List<String> files =
        job.getFilesList().stream()
            .map(ImportFile::getPathsList)
            .flatMap(paths -> paths.stream())
            .toList();
    return job.getState() == ImportJobState.IMPORT_JOB_STATE_COMPLETED
        ? Optional.of(
            new BulkImport(
                job.getId(), job.getCollectionId(), instant(job.getCompleteTime()), files))
        : Optional.empty();
  }

  private static Instant instant(String rfc3339) {
    try {
      return OffsetDateTime.parse(rfc3339).toInstant();
    } catch (DateTimeParseException e) {
      // Reported rather than omitted, with a time that is obviously wrong.
      return Instant.EPOCH;
    }
  }
}
