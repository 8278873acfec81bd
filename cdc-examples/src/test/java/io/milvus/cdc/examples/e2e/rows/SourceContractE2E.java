package io.milvus.cdc.examples.e2e.rows;

import io.milvus.cdc.contract.SourceContract;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.sources.ChangeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A real Milvus and its queue keep the contract of sources. */
class SourceContractE2E extends SourceContract {
  private static final String DATABASE = "default";
  private static final String NAME = "contract_books";

  private final Map<String, Table> tables = new HashMap<>();
  private Bench bench;

  @Override
  protected ChangeSource create() {
    bench = Bench.open("source_contract");
    bench.sourceClient().drop(DATABASE, NAME);
    return bench.source().build();
  }

  @Override
  protected void createCollection(String name) {
    tables.put(name, Table.create(bench.sourceClient(), DATABASE, name, 2));
  }

  @Override
  protected void insert(String collection, List<Long> keys) {
    tables.get(collection).insert(keys.get(0), keys.get(keys.size() - 1) + 1, "row");
  }

  @Override
  protected void delete(String collection, List<Long> keys) {
    tables.get(collection).delete(keys.get(0), keys.get(keys.size() - 1) + 1);
  }

  @Override
  protected void drop(String collection) {
    bench.sourceClient().drop(DATABASE, collection);
  }

  @AfterEach
  void leave() {
    bench.sourceClient().drop(DATABASE, NAME);
    bench.close();
  }
}
