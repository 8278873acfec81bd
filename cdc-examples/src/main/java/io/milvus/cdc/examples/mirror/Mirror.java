package io.milvus.cdc.examples.mirror;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.store.Store;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import io.milvus.cdc.transform.EventTransform;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps a target equal to a source until it is stopped, however roughly: started again, it goes on.
 *
 * <p>Settings are system properties: {@code mirror.etcd}, {@code mirror.root}, {@code
 * mirror.pulsar} or {@code mirror.kafka}, {@code mirror.channels}, {@code mirror.target}, {@code
 * mirror.state}, {@code mirror.task} and, for a part of the source only, {@code mirror.databases},
 * separated by commas; {@code mirror.names} and {@code mirror.transform}, the name of a class,
 * where the target is to be otherwise; {@code mirror.checkpoints}, the name of a class, where they
 * are to be kept otherwise; {@code mirror.ordinary} is {@code true} for a target that is no
 * standby; {@code mirror.topic}, where the target is a Pulsar or a Kafka that is to be told of
 * changes, Kafka with {@code mirror.user}, {@code mirror.password} and {@code mirror.certificates},
 * if it asks for them. {@code mirror.report} is how often to say how it goes, in milliseconds.
 */
public final class Mirror {
  private static final long REPORT_MILLIS = Long.getLong("mirror.report", 200);

  private Mirror() {}

  public static void main(String[] args) throws InterruptedException {
    try (CdcEngine engine = start()) {
      String databases = System.getProperty("mirror.databases", "");
      Selection selection =
          databases.isEmpty() ? Selection.everything() : Selection.databases(databases.split(","));
      TaskSpec spec =
          TaskSpec.builder(setting("task"))
              .selection(selection)
              .names(names())
              .transform(transform())
              .build();
      CdcTask task = engine.submit(spec);
      while (task.state() != TaskState.FAILED) {
        System.out.println(line(task.status()));
        Thread.sleep(REPORT_MILLIS);
      }
      System.out.println(line(task.status()));
      System.exit(1);
    }
  }

  /** What is called otherwise on the target, such as {@code sales=copy,sales.old=archive.sales}. */
  private static NameMapping names() {
    NameMapping names = NameMapping.none();
    for (String pair : System.getProperty("mirror.names", "").split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String from = pair.substring(0, equals);
        String to = pair.substring(equals + 1);
        names = from.contains(".") ? names.collection(from, to) : names.database(from, to);
      }
    }
    return names;
  }

  /** A transform by the name of its class. */
  private static EventTransform transform() {
    String name = System.getProperty("mirror.transform", "");
    try {
      return name.isEmpty()
          ? EventTransform.none()
          : Class.forName(name)
              .asSubclass(EventTransform.class)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("No transform can be made of class " + name, e);
    }
  }

  /** Files, or a store by the name of its class, which is given the directory for files. */
  private static Store checkpoints() {
    Path directory = Path.of(setting("state"));
    String name = System.getProperty("mirror.checkpoints", "");
    try {
      return name.isEmpty()
          ? FileStore.at(directory)
          : Class.forName(name)
              .asSubclass(Store.class)
              .getDeclaredConstructor(Path.class)
              .newInstance(directory);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("No store can be made of class " + name, e);
    }
  }

  private static MilvusSource source() {
    MilvusSource.Builder source =
        MilvusSource.builder()
            .etcd(setting("etcd"))
            .rootPath(setting("root"))
            .pinning(Pinning.valueOf(System.getProperty("mirror.pinning", "AUTOMATIC")))
            .channelPrefix(setting("channels"));
    String kafka = System.getProperty("mirror.kafka", "");
    return kafka.isEmpty() ? source.pulsar(setting("pulsar")).build() : source.kafka(kafka).build();
  }

  private static CdcEngine start() {
    return CdcEngine.builder()
        .source(source())
        .target(target())
        .checkpoints(checkpoints())
        .listener(
            new CdcListener() {
              @Override
              public void schemaApplied(String task, SchemaEvent event) {
                System.out.println("change " + event.getClass().getSimpleName());
              }

              @Override
              public void indexesSynced(
                  String task, String database, String collection, Serving serving) {
                System.out.println("change of what serves " + collection + ": " + serving);
              }
            })
        .start();
  }

  /** A Milvus, or a topic of Pulsar or Kafka that tells of what changes. */
  private static ChangeTarget target() {
    String topic = System.getProperty("mirror.topic", "");
    String address = setting("target");
    if (topic.isEmpty()) {
      MilvusTarget.Builder milvus = MilvusTarget.builder().uri(address);
      return Boolean.getBoolean("mirror.ordinary") ? milvus.clientWrites().build() : milvus.build();
    }
    if (address.startsWith("pulsar")) {
      return PulsarTarget.builder().pulsar(address).topic(topic).build();
    }
    KafkaEndpoint kafka = KafkaEndpoint.at(address);
    if (System.getProperty("mirror.user") != null) {
      kafka =
          kafka
              .login("SCRAM-SHA-256", setting("user"), setting("password"))
              .trust(Path.of(setting("certificates")));
    }
    return KafkaTarget.builder().kafka(kafka).topic(topic).partitions(3).build();
  }

  private static String setting(String name) {
    String value = System.getProperty("mirror." + name);
    if (value == null) {
      throw new IllegalArgumentException("Give -Dmirror." + name + "=...");
    }
    return value;
  }

  private static String line(TaskStatus status) {
    Duration lag = status.lag();
    return "state=%s lag=%s rows=%d deletes=%d changes=%d bytes=%d reason=%s"
        .formatted(
            status.state(),
            lag == null ? "unknown" : lag.toMillis() + "ms",
            status.counters().inserted(),
            status.counters().deleted(),
            status.counters().schemaChanges(),
            status.counters().bytes(),
            status.reason() == null ? status.retry() : status.reason());
  }
}
