package io.milvus.cdc.store;

import java.time.Duration;

/** The same in a table. */
abstract class SqlStoreContract extends SharedStoreContract {
  @Override
  abstract SqlServer server();

  @Override
  Store open(Duration lease) {
    return JdbcStore.builder(new Pooled(server().address()))
        .tablePrefix(prefix)
        .lease(lease)
        .build();
  }

  @Override
  OtherProcess otherProcess(Duration lease) {
    return OtherProcess.on("jdbc", server().address(), prefix, lease.toString());
  }
}
