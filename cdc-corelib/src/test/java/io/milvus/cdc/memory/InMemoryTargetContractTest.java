package io.milvus.cdc.memory;

import io.milvus.cdc.contract.TargetContract;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.List;
import java.util.Map;

class InMemoryTargetContractTest extends TargetContract {
  private InMemoryTarget target;

  @Override
  protected ChangeTarget create() {
    target = new InMemoryTarget();
    return target;
  }

  @Override
  protected List<Map<String, Object>> rows(String database, String collection) {
    return target.collections().contains(database + "." + collection)
        ? List.copyOf(target.rows(database, collection).values())
        : List.of();
  }
}
