package io.milvus.cdc.examples.thirdparty;

import io.milvus.cdc.contract.TargetContract;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.List;
import java.util.Map;

/** A target of another project runs the published contract. */
class ThirdPartyTargetTest extends TargetContract {
  private final TableTarget target = new TableTarget();

  @Override
  protected ChangeTarget create() {
    return target;
  }

  @Override
  protected List<Map<String, Object>> rows(String database, String collection) {
    return target.tables().rows(database + "." + collection);
  }
}
