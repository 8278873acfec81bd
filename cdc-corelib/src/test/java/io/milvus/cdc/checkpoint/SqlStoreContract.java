package io.milvus.cdc.checkpoint;

import java.time.Duration;

/** The same in a table. */
abstract class SqlStoreContract extends SharedStoreContract {
  @Override
  abstract SqlServer server();

  @Override
  CheckpointStore open(Duration lease) {
    return JdbcCheckpointStore.builder(new Pooled(server().address()))
        .tablePrefix(prefix)
        .lease(lease)
        .build();
  }

  @Override
  OtherProcess otherProcess(Duration lease) {
    return OtherProcess.on("jdbc", server().address(), prefix, lease.toString());
  }
}
