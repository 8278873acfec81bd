package io.milvus.cdc.examples.testbed.mirror;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Replicates a source to a target until it is stopped, even by a kill. When started again, it
 * resumes.
 *
 * <p>The settings are system properties:
 *
 * <ul>
 *   <li>{@code mirror.etcd}, {@code mirror.root}, {@code mirror.channels}, and {@code
 *       mirror.pulsar} or {@code mirror.kafka}: the source
 *   <li>{@code mirror.databases}: optional, selects a part of the source, separated by commas
 *   <li>{@code mirror.target}, {@code mirror.state}, {@code mirror.task}: the target, the directory
 *       of the checkpoints, and the task's id
 *   <li>{@code mirror.names}: optional, the names that differ on the target
 *   <li>{@code mirror.transform}: optional, the name of a class that changes the events
 *   <li>{@code mirror.checkpoints}: optional, the name of the class of another store
 *   <li>{@code mirror.ordinary}: {@code true} if the target is not a standby
 *   <li>{@code mirror.topic}: the topic for changes, if the target is a Pulsar or a Kafka
 *   <li>{@code mirror.user}, {@code mirror.password}, {@code mirror.certificates}: the credentials,
 *       if a Kafka requires them
 *   <li>{@code mirror.storage}, {@code mirror.api}, {@code mirror.bytesPerSecond}: if set, the task
 *       starts from existing rows, which the source has in this directory, or in a bucket such as
 *       {@code http://key:secret@s3:9000/a-bucket}
 *   <li>{@code mirror.report}: the interval of status lines, in milliseconds
 * </ul>
 */
public final class MirrorProgram {
  private static final long REPORT_MILLIS = Long.getLong("mirror.report", 200);

  private MirrorProgram() {}

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
              .startFrom(startFrom())
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

  /**
   * Reads the names that differ on the target, such as {@code sales=copy,sales.old=archive.sales}.
   */
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

  private static StartFrom startFrom() {
    return System.getProperty("mirror.storage") == null
        ? StartFrom.earliest()
        : StartFrom.existing()
            .withFlush()
            .withBytesPerSecond(Long.getLong("mirror.bytesPerSecond", 0));
  }

  /** Creates a transform by the name of its class. */
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
      throw new IllegalArgumentException("No transform can be created from class " + name, e);
    }
  }

  /**
   * Creates a store of files, or a store by the name of its class. The constructor receives the
   * directory for files.
   */
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
      throw new IllegalArgumentException("No store can be created from class " + name, e);
    }
  }

  private static MilvusSource source() {
    MilvusSource.Builder source =
        MilvusSource.builder()
            .etcd(setting("etcd"))
            .rootPath(setting("root"))
            .pinning(Pinning.valueOf(System.getProperty("mirror.pinning", "AUTOMATIC")))
            .channelPrefix(setting("channels"));
    if (System.getProperty("mirror.storage") != null) {
      source.storage(storage(setting("storage"))).api(setting("api"));
    }
    String kafka = System.getProperty("mirror.kafka", "");
    return kafka.isEmpty() ? source.pulsar(setting("pulsar")).build() : source.kafka(kafka).build();
  }

  private static StorageEndpoint storage(String place) {
    if (!place.startsWith("http")) {
      return StorageEndpoint.directory(Path.of(place));
    }
    URI bucket = URI.create(place);
    String[] login = bucket.getUserInfo().split(":", 2);
    return StorageEndpoint.s3(
            "%s://%s:%d".formatted(bucket.getScheme(), bucket.getHost(), bucket.getPort()),
            bucket.getPath().substring(1))
        .login(login[0], login[1]);
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
                System.out.println("serving change of " + collection + ": " + serving);
              }
            })
        .start();
  }

  /** Creates a Milvus target, or a topic of Pulsar or Kafka that receives changes. */
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
      throw new IllegalArgumentException("Set -Dmirror." + name + "=...");
    }
    return value;
  }

  private static String line(TaskStatus status) {
    Duration lag = status.lag();
    return "state=%s copy=%s lag=%s rows=%d deletes=%d changes=%d bytes=%d reason=%s"
        .formatted(
            status.state(),
            status.existing() == null ? "none" : status.existing().phase(),
            lag == null ? "unknown" : lag.toMillis() + "ms",
            status.counters().inserted(),
            status.counters().deleted(),
            status.counters().schemaChanges(),
            status.counters().bytes(),
            status.reason() == null ? status.retry() : status.reason());
  }
}
