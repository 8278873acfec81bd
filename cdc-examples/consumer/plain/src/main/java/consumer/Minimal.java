package consumer;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Path;
import java.time.Duration;

/** Compiles the Java block of the README as it stands. */
final class Minimal {
  private Minimal() {}

  static void run() throws Exception {
    // README
    CdcEngine engine =
        CdcEngine.builder()
            .source(MilvusSource.builder().etcd("http://etcd:2379").pulsar("pulsar://mq:6650").build())
            .target(MilvusTarget.builder().uri("http://standby:19530").build())
            .checkpoints(FileStore.at(Path.of("cdc-state")))
            .start();                                  // refuses what cannot work, with the cure
    engine.check(TaskSpec.of("dr"));                   // returns every finding, changes nothing
    CdcTask task = engine.submit(TaskSpec.of("dr"));   // replicates everything, from the beginning
    task.awaitCaughtUp(Duration.ofMinutes(5));
    task.status();                                     // watermark, lag, channels, counters
    task.pause(); task.resume();
    task.promote();                                    // failover: the target accepts client writes
    engine.close();                                    // stops all tasks at a consistent cut
    // end
  }
}
