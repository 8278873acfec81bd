package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.contract.TargetContract;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A consumer that applies changes by key keeps the contract of targets. */
class ConsumerContractTest extends TargetContract {
  private final Rebuilt rebuilt = new Rebuilt();

  @Override
  protected ChangeTarget create() {
    return ConsumerTarget.of(
        batch -> {
          batch.changes().forEach(change -> change.accept(rebuilt));
          return batch.acknowledged();
        });
  }

  @Override
  protected List<Map<String, Object>> rows(String database, String collection) {
    return rebuilt.rows().getOrDefault(database + "." + collection, Map.of()).values().stream()
        .<Map<String, Object>>map(HashMap::new)
        .toList();
  }
}
