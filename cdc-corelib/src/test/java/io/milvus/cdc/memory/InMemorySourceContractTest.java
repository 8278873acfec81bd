package io.milvus.cdc.memory;

import io.milvus.cdc.contract.SourceContract;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.sources.ChangeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class InMemorySourceContractTest extends SourceContract {
  private final Map<String, InMemoryCollection> collections = new HashMap<>();
  private InMemorySource source;

  @Override
  protected ChangeSource create() {
    source = new InMemorySource();
    return source;
  }

  @Override
  protected void createCollection(String name) {
    collections.put(name, source.create(name, Field.key("id", FieldType.INT64)));
  }

  @Override
  protected void insert(String collection, List<Long> keys) {
    collections
        .get(collection)
        .insert("_default", keys.stream().map(key -> Map.of("id", key)).toList());
  }

  @Override
  protected void delete(String collection, List<Long> keys) {
    collections.get(collection).delete(keys.toArray());
  }

  @Override
  protected void drop(String collection) {
    collections.remove(collection).drop();
  }
}
