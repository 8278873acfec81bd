package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds a source and a target, and starts the process that replicates between them. */
final class Sides implements AutoCloseable {
  private final LocalStack stack;
  private final Settings settings;
  private final MilvusClient source;
  private final MilvusClient target;

  Sides(LocalStack stack, Settings settings) {
    this.stack = stack;
    this.settings = settings;
    this.source = MilvusClient.connect(stack.addresses().source().uri());
    this.target = MilvusClient.connect(stack.addresses().target().uri());
  }

  LocalStack stack() {
    return stack;
  }

  MilvusClient source() {
    return source;
  }

  MilvusClient target() {
    return target;
  }

  /**
   * Starts or resumes the replication of a database. The name of its state is the database's name.
   *
   * @param report the interval of the process's reports, which cost it some CPU
   */
  SubjectProcess replicate(String database, Duration report, List<String> jvmOptions) {
    return replicate(
        database,
        report,
        jvmOptions,
        Map.of("task", database, "target", stack.addresses().target().uri()));
  }

  /**
   * Starts or resumes the same for another target.
   *
   * @param target the mirror's settings of the target, and the task's name
   */
  SubjectProcess replicate(
      String database, Duration report, List<String> jvmOptions, Map<String, String> target) {
    Addresses addresses = stack.addresses();
    Path state =
        settings.output().resolve("state").resolve(Long.toString(ProcessHandle.current().pid()));
    Map<String, String> mirror =
        new HashMap<>(
            Map.of(
                "etcd", addresses.etcd(),
                "root", addresses.source().rootPath(),
                "channels", addresses.source().channelPrefix(),
                "state", state.resolve(target.get("task")).toString(),
                "databases", database,
                "report", Long.toString(report.toMillis())));
    mirror.put(addresses.queue(), addresses.pulsar() + addresses.kafka());
    mirror.putAll(target);
    return SubjectProcess.start(mirror, jvmOptions);
  }

  /** Drops a database on both sides, so that its content does not affect the next measurement. */
  void drop(String database, SubjectProcess subject) throws InterruptedException {
    source.dropDatabaseWithCollections(database);
    subject.await("drop " + database, () -> !target.databases().contains(database));
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
