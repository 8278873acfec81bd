package io.milvus.cdc.examples.benchmark;

import io.milvus.cdc.examples.client.MilvusClient;
import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.cdc.examples.stack.LocalStack;

/**
 * What the machine can do at best. The target itself takes no ordinary inserts, so these go to its
 * twin: the same Milvus with the same settings and queue, but for {@code common.ttMsgEnabled}.
 */
final class Limit {
  static final String RATE = "limit: plain inserts into the target's twin";

  private Limit() {}

  static Curve measure(Settings settings, Dataset dataset, Results results)
      throws InterruptedException {
    LocalStack twin = LocalStack.upWritableTarget(line -> {});
    try (MilvusClient milvus = MilvusClient.connect(twin.addresses().target().uri())) {
      Flood flood = new Flood(dataset, settings.writers());
      // The first inserts compile code on both ends.
      flood.into(
          dataset.create(milvus, "default", "warm", settings.shards()), 10L * dataset.batch());
      MilvusCollection rows = dataset.create(milvus, "default", "rows", settings.shards());
      Curve curve = flood.into(rows, settings.rows());
      results.add("a", RATE, curve.rate(0), "rows/s");
      return curve;
    } finally {
      twin.wipe();
    }
  }
}
