package io.milvus.cdc.store;

class InMemoryStoreTest extends StoreContract {
  @Override
  Store make() {
    return new InMemoryStore();
  }
}
