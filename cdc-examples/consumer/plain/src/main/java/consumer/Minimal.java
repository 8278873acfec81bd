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
            .target(MilvusTarget.builder().uri("http://standby:19530").token("root:Milvus").build())
            .checkpoints(FileStore.at(Path.of("cdc-state")))
            .start();                                       // refuses what cannot work, and says why
    engine.check(TaskSpec.of("dr"));                        // every finding, each with its cure
    CdcTask task = engine.submit(TaskSpec.of("dr"));        // everything, from the beginning
    task.awaitCaughtUp(Duration.ofMinutes(5));
    task.status();                                          // watermark, lag, channels, counters
    task.pause(); task.resume(); engine.close();            // goes on from here next time
    task.promote();                                         // failover: the target takes writes from now on
    // end
  }
}
