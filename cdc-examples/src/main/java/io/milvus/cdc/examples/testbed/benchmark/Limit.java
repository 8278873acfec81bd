package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import java.util.List;

/**
 * Measures the best rate of the machine. The target itself rejects ordinary inserts, so these go to
 * its twin: the same Milvus with the same settings and queue, except for {@code
 * common.ttMsgEnabled}.
 */
final class Limit {
  static final String RATE = "limit: plain inserts into the target's twin";

  /** If it is not zero, the measured values are worse than the machine permits. */
  static final String OTHERS = "CPU of anything else meanwhile";

  private Limit() {}

  static Curve measure(Settings settings, Dataset dataset, Results results)
      throws InterruptedException {
    LocalStack twin = LocalStack.upWritableTarget(line -> {});
    try (MilvusClient milvus = MilvusClient.connect(twin.addresses().target().uri())) {
      if (settings.apart()) {
        Cores.giveTheFirst(twin.process(Part.TARGET));
      }
      Flood flood = new Flood(dataset, settings.writers());
      // The first inserts compile code on both sides.
      flood.into(
          List.of(dataset.create(milvus, "default", "warm", settings.shards())),
          10L * dataset.batch());
      List<MilvusCollection> rows = dataset.create(milvus, "default", settings);
      ProcessHandle target = twin.process(Part.TARGET);
      double before = cpu(target);
      double own = cpu(ProcessHandle.current());
      double machine = Usage.machineSeconds();
      Curve curve = flood.into(rows, settings.rows());
      double used = cpu(target) - before;
      double writing = cpu(ProcessHandle.current()) - own;
      results.add("a", RATE, curve.rate(0), "rows/s");
      results.add("a", "limit in its second half", curve.secondHalfRate(), "rows/s");
      results.add("a", "CPU of the twin", used, "s");
      results.add("a", "CPU of the inserting client", writing, "s");
      results.add("a", OTHERS, Usage.machineSeconds() - machine - used - writing, "s");
      return curve;
    } finally {
      twin.wipe();
    }
  }

  private static double cpu(ProcessHandle process) {
    return Usage.of(process).cpuSeconds();
  }
}
