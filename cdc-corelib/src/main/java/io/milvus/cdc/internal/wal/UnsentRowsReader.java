package io.milvus.cdc.internal.wal;

import io.milvus.cdc.proto.wal.ImportJobHeader;
import io.milvus.cdc.proto.wal.ManualFlushHeader;
import java.io.IOException;
import java.util.Set;
import milvus.proto.msg.Msg;

/** Reads messages about imports, replaced rows and flushes. */
final class UnsentRowsReader {
  private UnsentRowsReader() {}

  static UnsentRows read(WalType type, WalEnvelope envelope, WalMessage message)
      throws IOException {
    return switch (type) {
      case IMPORT -> {
        Msg.ImportMsg one = Msg.ImportMsg.parseFrom(message.body().bytes());
        yield new UnsentRows.Import(
            one.getJobID(),
            one.getCollectionID(),
            Set.copyOf(one.getPartitionIDsList()),
            one.getFilesList().stream().flatMap(file -> file.getPathsList().stream()).toList());
      }
      case COMMIT_IMPORT, ROLLBACK_IMPORT -> {
        ImportJobHeader one = WalEnvelope.header(message, ImportJobHeader.parser());
        yield new UnsentRows.ImportEnd(
            one.getJobId(), one.getCollectionId(), type == WalType.COMMIT_IMPORT);
      }
      case MANUAL_FLUSH -> {
        ManualFlushHeader one = WalEnvelope.header(message, ManualFlushHeader.parser());
        yield new UnsentRows.Flush(one.getCollectionId(), one.getFlushTimestamp());
      }
      case FLUSH_ALL -> new UnsentRows.FlushAll();
      default ->
          new UnsentRows.Replaced(
              type, envelope.broadcast() == null ? Set.of() : envelope.broadcast().collections());
    };
  }
}
