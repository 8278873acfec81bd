package io.milvus.cdc.checkpoint;

import io.milvus.cdc.store.InMemoryStore;

class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
  @Override
  CheckpointStore make() {
    return CheckpointStore.in(new InMemoryStore());
  }
}
