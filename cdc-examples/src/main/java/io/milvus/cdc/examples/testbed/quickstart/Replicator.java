package io.milvus.cdc.examples.testbed.quickstart;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Uses the library. An application needs no more than this. */
final class Replicator implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final CdcEngine engine;
  private final CdcTask task;

  private Replicator(CdcEngine engine, CdcTask task) {
    this.engine = engine;
    this.task = task;
  }

  /** Starts to replicate one database, with the rows that it has already. */
  static Replicator start(Addresses stack, Path state, String database)
      throws InterruptedException, TimeoutException {
    CdcEngine engine =
        CdcEngine.builder()
            .source(
                MilvusSource.builder()
                    .etcd(stack.etcd())
                    .rootPath(stack.source().rootPath())
                    .metaSubPath(stack.source().metaSubPath())
                    .pulsar(stack.pulsar())
                    .channelPrefix(stack.source().channelPrefix())
                    .api(MilvusEndpoint.at(stack.source().uri()))
                    .storage(StorageEndpoint.directory(stack.source().storage()))
                    .build())
            .target(MilvusTarget.builder().uri(stack.target().uri()).build())
            .checkpoints(FileStore.at(state))
            .start();
    CdcTask task =
        engine.submit(
            TaskSpec.builder(database)
                .selection(Selection.databases(database))
                .startFrom(StartFrom.existing().withFlush())
                .build());
    task.awaitState(TaskState.RUNNING, START);
    Replicator replicator = new Replicator(engine, task);
    // Also runs at Ctrl-C. Otherwise the source would retain all later messages for the task.
    Runtime.getRuntime().addShutdownHook(new Thread(replicator::close, "quickstart-close"));
    return replicator;
  }

  CdcTask task() {
    return task;
  }

  /** Deletes the task and stops. Idempotent. */
  @Override
  public void close() {
    task.delete();
    engine.close();
  }
}
