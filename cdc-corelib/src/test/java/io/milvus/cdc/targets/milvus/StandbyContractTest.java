package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.contract.TargetContract;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.testkit.FakeCatalog;
import io.milvus.cdc.testkit.FakeMilvus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A Milvus in standby mode keeps the contract of targets. */
class StandbyContractTest extends TargetContract {
  private final FakeMilvus milvus = new FakeMilvus();

  @Override
  protected ChangeTarget create() {
    return MilvusTarget.builder().uri(milvus.uri()).build();
  }

  @Override
  protected List<Map<String, Object>> rows(String database, String collection) {
    FakeCatalog.Made made = milvus.catalog().find(database, collection);
    return made == null ? List.of() : milvus.rows().rows(made.id(), made.partitions().values());
  }

  @AfterEach
  void close() {
    milvus.close();
    assertThat(milvus.rows().violations()).isEmpty();
  }
}
