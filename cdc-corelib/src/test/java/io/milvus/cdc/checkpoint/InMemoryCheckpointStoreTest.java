package io.milvus.cdc.checkpoint;

class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
  @Override
  CheckpointStore make() {
    return new InMemoryCheckpointStore();
  }
}
