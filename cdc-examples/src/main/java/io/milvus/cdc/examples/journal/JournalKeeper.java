package io.milvus.cdc.examples.journal;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.consumer.ConsumerTarget;
import java.nio.file.Path;

/**
 * Writes a {@link Journal} of a source until it is stopped, even by a kill. When started again, it
 * resumes.
 *
 * <p>Settings are system properties: {@code journal.etcd}, {@code journal.root}, {@code
 * journal.pulsar} or {@code journal.kafka}, {@code journal.channels}, {@code journal.state}, {@code
 * journal.task} and {@code journal.file}. {@code journal.databases} selects a part of the source,
 * separated by commas.
 */
public final class JournalKeeper {
  private JournalKeeper() {}

  private static MilvusSource source() {
    MilvusSource.Builder source =
        MilvusSource.builder()
            .etcd(setting("etcd", "http://localhost:2379"))
            .rootPath(setting("root", "by-dev"))
            .channelPrefix(setting("channels", "by-dev"));
    String kafka = setting("kafka", "");
    return kafka.isEmpty()
        ? source.pulsar(setting("pulsar", "pulsar://localhost:6650")).build()
        : source.kafka(kafka).build();
  }

  public static void main(String[] args) throws Exception {
    MilvusSource source = source();
    String databases = setting("databases", "");
    Selection selection =
        databases.isEmpty() ? Selection.everything() : Selection.databases(databases.split(","));
    try (Journal journal = Journal.at(Path.of(setting("file", "changes.jsonl")));
        CdcEngine engine =
            CdcEngine.builder()
                .source(source)
                .target(ConsumerTarget.of(journal))
                .checkpoints(FileStore.at(Path.of(setting("state", "cdc-state"))))
                .start()) {
      CdcTask task =
          engine.submit(TaskSpec.builder(setting("task", "journal")).selection(selection).build());
      while (task.state() != TaskState.FAILED) {
        TaskStatus status = task.status();
        System.out.printf(
            "state=%s lag=%s rows=%d%n",
            status.state(), status.lag(), status.counters().inserted());
        Thread.sleep(200);
      }
      throw new IllegalStateException(task.status().reason());
    }
  }

  private static String setting(String name, String otherwise) {
    return System.getProperty("journal." + name, otherwise);
  }
}
