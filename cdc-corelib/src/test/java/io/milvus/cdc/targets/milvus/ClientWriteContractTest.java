package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.contract.TargetContract;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.testkit.FakeMilvus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A Milvus that gets client writes keeps the contract of targets. */
class ClientWriteContractTest extends TargetContract {
  private final FakeMilvus milvus = new FakeMilvus().ordinary();

  @Override
  protected ChangeTarget create() {
    return MilvusTarget.builder().uri(milvus.uri()).clientWrites().build();
  }

  @Override
  protected List<Map<String, Object>> rows(String database, String collection) {
    return milvus.table().rows(database, collection);
  }

  @AfterEach
  void close() {
    milvus.close();
    assertThat(milvus.table().violations()).isEmpty();
  }
}
