package io.milvus.cdc.store;

class InMemoryStoreTest extends CheckpointContract {
  @Override
  protected Store make() {
    return new InMemoryStore();
  }
}
